"""Two readings side by side: what the source feels like, and what its translation does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markupsafe import Markup

from tongli.core import Reading
from tongli.serving.studio.components.controls import joined
from tongli.serving.studio.components.emotion_bars import bar
from tongli.serving.studio.components.highlight import named
from tongli.serving.studio.components.reading import summary
from tongli.serving.studio.components.table import table
from tongli.serving.studio.words import Words

_APART = 0.25
"""Difference of calibrated values from which a person should look."""
_WORDED = frozenset({"idiom", "slang", "figurative", "honorific", "culture-item"})


def comparison(source: Reading, target: Reading, words: Words) -> Markup:
    """A table of feelings and tone with what moved, and what is bound to each language."""
    heads = ["", words("translate.source"), words("translate.target"), words("translate.difference")]
    rows = [_row(name, one, other, words) for name, one, other in _values(source, target, words)]
    return Markup('<section class="card"><h2>{}</h2><p>{}</p><p>{}</p>{}{}{}</section>').format(
        words("translate.readings"),
        words("translate.source_feels", summary=summary(source, words)),
        words("translate.target_feels", summary=summary(target, words)),
        table(heads, rows, name=words("translate.readings")),
        _bound(source, words),
        _bound(target, words),
    )


def _values(source: Reading, target: Reading, words: Words) -> Iterator[tuple[str, float, float]]:
    one, other = source.scores.get("ekman6"), target.scores.get("ekman6")
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        for label in sorted(one, key=lambda each: -max(one[each], other.get(each, 0.0))):
            yield words.name("emotion", label), one[label], other.get(label, 0.0)
    for name in ("politeness", "formality"):
        before, after = source.scores.get(name), target.scores.get(name)
        if isinstance(before, float) and isinstance(after, float):
            yield words.name("dimension", name), before, after


def _row(name: str, one: float, other: float, words: Words) -> tuple[object, ...]:
    moved = other - one
    told = words("translate.look" if abs(moved) >= _APART else "translate.close")
    return name, _value(one), _value(other), f"{moved:+.2f} {told}"


def _value(share: float) -> Markup:
    return Markup('{} <span class="number">{:.2f}</span>').format(bar(share), share)


def _bound(reading: Reading, words: Words) -> Markup:
    """Idioms, honorifics and the like, which rarely survive word for word."""
    items = [
        Markup(
            '<li><span class="chip">{}</span> <q dir="auto">{}</q> <span lang="en" dir="auto">{}</span></li>'
        ).format(
            named(claim, words),
            " ".join(reading.message.text[slice(*item.span)] for item in claim.evidence[:2]),
            claim.gloss or "",
        )
        for claim in reading.claims
        if claim.dimension in _WORDED and not claim.abstained and claim.evidence
    ]
    return Markup('<ul class="plain-list">{}</ul>').format(joined(items)) if items else Markup("")

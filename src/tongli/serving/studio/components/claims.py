"""What was claimed, on which words, by whom, and who says so; and what was not decided, and why not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from tongli.core import Claim, Reading
from tongli.core.reading import Practice
from tongli.core.text import clean
from tongli.knowledge.claim import Claim as Known
from tongli.serving.studio.components.controls import joined
from tongli.serving.studio.components.highlight import kind, named
from tongli.serving.studio.words import Words

_BESIDE = frozenset({"intensity"})
"""Dimensions that are told with another one."""


def claims(reading: Reading, words: Words, *, known: Mapping[str, Known]) -> Markup:
    """Every decided claim with its "why", the strongest first."""
    decided = [item for item in reading.claims if not item.abstained and item.dimension not in _BESIDE]
    items = [_claim(item, reading, words, known=known) for item in sorted(decided, key=lambda c: -c.score)]
    if not items:
        return Markup('<p class="quiet">{}</p>').format(words("read.nothing_decided"))
    return Markup('<ul class="claims">{}</ul>').format(joined(items))


def abstentions(reading: Reading, words: Words) -> Markup:
    """What tongli declines to decide, grouped by reason."""
    reasons: dict[str, dict[str, None]] = {}
    for claim in reading.claims:
        if claim.abstained:
            name = words.name("scheme", claim.scheme) if claim.scheme else named(claim, words)
            reasons.setdefault(claim.reason or "", {})[name.rstrip(": ")] = None
    items = [
        Markup('<li><b>{}</b>: <span lang="en" dir="auto">{}</span></li>').format(", ".join(names), reason)
        for reason, names in reasons.items()
    ]
    return Markup('<ul class="abstentions">{}</ul>').format(joined(items)) if items else Markup("")


def practices(reading: Reading, words: Words) -> Markup:
    """What an answer must respect in the reader's place, with sources and where it does not hold."""
    culture = reading.empathy.culture
    found = () if culture is None else culture.practices
    items = [_practice(item, words) for item in found]
    return Markup('<ul class="claims">{}</ul>').format(joined(items)) if items else Markup("")


def notes(reading: Reading) -> Markup:
    """What a person should know, above all a risk."""
    items = [Markup('<p class="note" lang="en" dir="auto">{}</p>').format(note) for note in reading.notes]
    return joined(items)


def _claim(claim: Claim, reading: Reading, words: Words, *, known: Mapping[str, Known]) -> Markup:
    body = joined([_row(words(f"why.{name}"), value) for name, value in _why(claim, reading, words)])
    source = joined(_knowledge(known.get(claim.claim_id or ""), words))
    return Markup(
        '<li><details><summary><span class="chip {}">{}</span> <span class="number">{:.2f}</span> '
        "<span>{}</span></summary><dl>{}{}</dl></details></li>"
    ).format(kind(claim), named(claim, words), claim.score, words("why.open"), body, source)


def _why(claim: Claim, reading: Reading, words: Words) -> Iterable[tuple[str, Markup]]:
    text = clean(reading.message.text)[0]
    spans = [
        Markup('<q dir="auto">{}</q> <span class="number">{:+.2f}</span>').format(
            text[slice(*item.span)].strip(), item.weight
        )
        for item in claim.evidence
    ]
    if spans:
        yield "evidence", Markup(", ").join(spans)
    if claim.gloss:
        yield "gloss", Markup('<span lang="en" dir="auto">{}</span>').format(claim.gloss)
    if claim.reason:
        yield "reason", Markup('<span lang="en" dir="auto">{}</span>').format(claim.reason)
    if claim.scheme:
        yield "scheme", Markup("{}").format(words.name("scheme", claim.scheme))
    yield "source", Markup("<code>{}</code>").format(claim.source)


def _knowledge(known: Known | None, words: Words) -> Iterable[Markup]:
    """The claim of the knowledge base, who says so, and where it does not hold."""
    if known is None:
        return
    english = Markup('<span lang="en" dir="auto">{}</span>')
    yield _row(
        words("why.claim"), Markup("{} <code>{}</code>").format(english.format(known.statement), known.id)
    )
    yield _row(words("why.sources"), english.format("; ".join(item.source for item in known.evidence)))
    if known.counter:
        yield _row(words("why.counter"), english.format(" ".join(item.text for item in known.counter)))


def _practice(item: Practice, words: Words) -> Markup:
    english = Markup('<span lang="en" dir="auto">{}</span>')
    ask = (
        Markup(' <span class="chip">{}</span>').format(words("why.contested"))
        if item.contested
        else Markup("")
    )
    rows = [_row(words("why.sources"), english.format("; ".join(item.sources)))]
    rows += [_row(words("why.counter"), english.format(" ".join(item.counter)))] if item.counter else []
    rows.append(_row(words("why.claim"), Markup("<code>{}</code>").format(item.claim_id)))
    return Markup("<li><details><summary>{}{}</summary><dl>{}</dl></details></li>").format(
        english.format(item.statement), ask, joined(rows)
    )


def _row(term: str, told: Markup) -> Markup:
    return Markup("<dt>{}</dt><dd>{}</dd>").format(term, told)

"""What was claimed, on which words, by whom, and who says so; and what was not decided, and why not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from tongli.core import Claim, Reading
from tongli.core.reading import Practice
from tongli.core.text import clean
from tongli.knowledge.claim import Claim as Known
from tongli.safety.risk import NOTES
from tongli.serving.studio.components.controls import filled, joined
from tongli.serving.studio.components.highlight import kind, named
from tongli.serving.studio.words import Words

_ENGLISH = '<span lang="en" dir="auto">{}</span>'
_BESIDE = frozenset({"intensity"})
"""Dimensions that are told with another one."""


def claims(reading: Reading, words: Words, *, known: Mapping[str, Known]) -> Markup:
    """Every decided claim with its "why", risks first, then the strongest."""
    decided = [item for item in reading.claims if not item.abstained and item.dimension not in _BESIDE]
    items = [_claim(item, reading, words, known=known) for item in sorted(decided, key=_rank)]
    if not items:
        return filled('<p class="quiet">{}</p>', words("read.nothing_decided"))
    return filled('<ul class="claims">{}</ul>', joined(items))


def _rank(claim: Claim) -> tuple[bool, float]:
    return claim.dimension != "risk", -claim.score


def abstentions(reading: Reading, words: Words) -> Markup:
    """What tongli declines to decide, grouped by reason."""
    reasons: dict[str, dict[str, None]] = {}
    for claim in reading.claims:
        if claim.abstained:
            name = words.name("scheme", claim.scheme) if claim.scheme else named(claim, words)
            reasons.setdefault(claim.reason or "", {})[name.rstrip(": ")] = None
    items = [
        filled('<li><b>{}</b>: <span lang="en" dir="auto">{}</span></li>', ", ".join(names), reason)
        for reason, names in reasons.items()
    ]
    return filled('<ul class="abstentions">{}</ul>', joined(items)) if items else Markup("")


def practices(reading: Reading, words: Words) -> Markup:
    """What an answer must respect in the reader's place, with sources and where it does not hold."""
    culture = reading.empathy.culture
    found = () if culture is None else culture.practices
    items = [_practice(item, words) for item in found]
    return filled('<ul class="claims">{}</ul>', joined(items)) if items else Markup("")


def notes(reading: Reading, words: Words) -> Markup:
    """What a person should know, a risk first and in the interface's language."""
    risks = {NOTES[claim.label]: claim.label for claim in reading.decided("risk") if claim.label in NOTES}
    items = [
        filled('<p class="note urgent" role="alert">{}</p>', words(f"risk.{label}"))
        for label in risks.values()
    ]
    items += [
        filled('<p class="note" lang="en" dir="auto">{}</p>', note)
        for note in reading.notes
        if note not in risks
    ]
    return joined(items)


def _claim(claim: Claim, reading: Reading, words: Words, *, known: Mapping[str, Known]) -> Markup:
    body = joined([_row(words(f"why.{name}"), value) for name, value in _why(claim, reading, words)])
    source = joined(_knowledge(known.get(claim.claim_id or ""), words))
    return filled(
        '<li><details><summary><span class="chip {}">{}</span> <span class="number">{:.2f}</span> '
        "<span>{}</span></summary><dl>{}{}</dl></details></li>",
        kind(claim),
        named(claim, words),
        claim.score,
        words("why.open"),
        body,
        source,
    )


def _why(claim: Claim, reading: Reading, words: Words) -> Iterable[tuple[str, Markup]]:
    text = clean(reading.message.text)[0]
    spans = [
        filled(
            '<q dir="auto">{}</q> <span class="number">{:+.2f}</span>',
            text[slice(*item.span)].strip(),
            item.weight,
        )
        for item in claim.evidence
    ]
    if spans:
        yield "evidence", Markup(", ").join(spans)
    if claim.gloss:
        yield "gloss", filled(_ENGLISH, claim.gloss)
    if claim.reason:
        yield "reason", filled(_ENGLISH, claim.reason)
    if claim.scheme:
        yield "scheme", filled("{}", words.name("scheme", claim.scheme))
    yield "source", filled("<code>{}</code>", claim.source)


def _knowledge(known: Known | None, words: Words) -> Iterable[Markup]:
    """The claim of the knowledge base, who says so, and where it does not hold."""
    if known is None:
        return
    yield _row(words("why.claim"), filled("{} <code>{}</code>", filled(_ENGLISH, known.statement), known.id))
    yield _row(words("why.sources"), filled(_ENGLISH, "; ".join(item.source for item in known.evidence)))
    if known.counter:
        yield _row(words("why.counter"), filled(_ENGLISH, " ".join(item.text for item in known.counter)))


def _practice(item: Practice, words: Words) -> Markup:
    ask = filled(' <span class="chip">{}</span>', words("why.contested")) if item.contested else Markup("")
    rows = [_row(words("why.sources"), filled(_ENGLISH, "; ".join(item.sources)))]
    rows += [_row(words("why.counter"), filled(_ENGLISH, " ".join(item.counter)))] if item.counter else []
    rows.append(_row(words("why.claim"), filled("<code>{}</code>", item.claim_id)))
    return filled(
        "<li><details><summary>{}{}</summary><dl>{}</dl></details></li>",
        filled(_ENGLISH, item.statement),
        ask,
        joined(rows),
    )


def _row(term: str, told: Markup) -> Markup:
    return filled("<dt>{}</dt><dd>{}</dd>", term, told)

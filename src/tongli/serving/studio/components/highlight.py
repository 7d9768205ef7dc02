"""A text with the words that its reading rests on, and the same as a list for those who cannot see colour."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from markupsafe import Markup

from tongli.core import Claim, Reading, Span
from tongli.core.text import clean
from tongli.serving.studio.components.controls import joined
from tongli.serving.studio.words import Words

_LISTED = 40
_LISTED_ONLY = frozenset({"intensity", "need", "empathy", "distress", "politeness"})
"""Dimensions that would mark nearly every word of a brief message, where feelings mark a few."""
_STRONG = 0.5
"""Share of the weight of a claim's strongest words from which on others are marked too."""


class Place(NamedTuple):
    """A span with the claim that rests on it."""

    span: Span
    claim: Claim
    weight: float


def places(reading: Reading) -> list[Place]:
    """Spans of decided claims, in the order of the text; of equal ones the strongest claim first."""
    found = [
        Place(item.span, claim, item.weight)
        for claim in reading.claims
        if not claim.abstained and claim.label is not None
        for item in claim.evidence
        if item.weight > 0
    ]
    return sorted(found, key=lambda place: (place.span, -place.claim.score))


def marked(reading: Reading) -> list[Place]:
    """The places that are marked in the text itself; the list has all."""
    found = [place for place in places(reading) if place.claim.dimension not in _LISTED_ONLY]
    strongest: dict[int, float] = {}
    for place in found:
        strongest[id(place.claim)] = max(place.weight, strongest.get(id(place.claim), 0.0))
    return [place for place in found if place.weight >= _STRONG * strongest[id(place.claim)]]


def highlighted(reading: Reading, words: Words) -> Markup:
    """The whole text; every stretch carries the kinds of the claims that rest on it most."""
    text = clean(reading.message.text)[0]
    parts = [_stretch(text[start:end], claims, words) for start, end, claims in _stretches(text, reading)]
    return Markup('<p class="read-text" dir="auto" lang="{}">{}</p>').format(
        reading.language.tag, joined(parts)
    )


def listed(reading: Reading, words: Words) -> Markup:
    """The same places in words."""
    text = clean(reading.message.text)[0]
    found: dict[Span, list[Claim]] = {}
    for place in places(reading):
        found.setdefault(place.span, []).append(place.claim)
    if not found:
        return Markup('<p class="quiet">{}</p>').format(words("read.no_evidence"))
    items = [
        Markup('<li><q dir="auto">{}</q> <span>{}</span></li>').format(
            text[slice(*span)].strip(), ", ".join(dict.fromkeys(named(claim, words) for claim in claims))
        )
        for span, claims in list(found.items())[:_LISTED]
    ]
    return Markup('<ul class="places">{}</ul>').format(joined(items))


def named(claim: Claim, words: Words) -> str:
    """A claim in a few words: its dimension and label."""
    label = words.name(
        "emotion" if claim.dimension in {"emotion", "intensity"} else "label", claim.label or ""
    )
    if claim.dimension == "emotion":
        return label
    dimension = words.name("dimension", claim.dimension)
    return dimension if label.casefold() == dimension.casefold() else f"{dimension}: {label}"


def kind(claim: Claim) -> str:
    """The CSS class of a claim: its emotion, else its dimension."""
    feeling = claim.dimension in {"emotion", "sentiment"}
    return f"m-{claim.label if feeling else claim.dimension}"


def _stretches(text: str, reading: Reading) -> Iterable[tuple[int, int, Sequence[Claim]]]:
    """The text cut wherever a span starts or ends."""
    found = marked(reading)
    cuts = sorted({0, len(text), *(edge for place in found for edge in place.span)})
    for start, end in pairwise(cuts):
        over = [place.claim for place in found if place.span[0] <= start and end <= place.span[1]]
        yield start, end, sorted(over, key=lambda claim: (claim.dimension != "emotion", -claim.score))


def _stretch(text: str, claims: Sequence[Claim], words: Words) -> Markup:
    if not claims:
        return Markup("{}").format(text)
    return Markup('<mark class="{}" title="{}" data-of="{}">{}</mark>').format(
        kind(claims[0]),
        ", ".join(dict.fromkeys(named(claim, words) for claim in claims)),
        " ".join(dict.fromkeys(str(claim.label) for claim in claims)),
        text,
    )

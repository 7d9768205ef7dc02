"""Looking claims up by words: what an expression is called, what it says, how another language says it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from tongli.core.phrases import fold
from tongli.knowledge.claim import Claim
from tongli.knowledge.claim_files import SHIPPED, ClaimFiles
from tongli.knowledge.claim_matcher import Matcher
from tongli.knowledge.claim_streams import is_spaced

Why = Literal["form", "id", "equivalent", "literal", "sense", "statement", "words"]
"""What matched, the strongest first; ``words``: every word occurs, but not side by side."""


@dataclass(frozen=True, slots=True)
class Found:
    """A claim, the language or audience that it belongs to, and why it was found."""

    claim: Claim
    tag: str
    why: Why


def search(text: str, *, lang: str | None = None, files: ClaimFiles = SHIPPED) -> list[Found]:
    """Claims that hold for ``lang`` (all if ``None``) and have to do with a text, the nearest first.

    Raises:
        InputError: ``locale.tag``, ``claims.audience``.
        ConfigError: for damaged files, as :meth:`ClaimFiles.claims`.
    """
    wanted = " ".join(fold(text).text.split())
    if not wanted:
        return []
    if lang is not None:
        files.claims(lang)  # raises for a tag that nothing is known about
    places = (*files.languages, *files.audiences) if lang is None else files.lineage(lang)
    found: dict[str, Found] = {}
    for tag in dict.fromkeys(places):
        for item in _in_folder(text, wanted, tag, files):
            found[item.claim.id] = item
    order = {why: place for place, why in enumerate(get_args(Why))}
    return sorted(found.values(), key=lambda item: (order[item.why], item.tag, item.claim.id))


def _in_folder(text: str, wanted: str, tag: str, files: ClaimFiles) -> Iterator[Found]:
    claims = files.own(tag).values()
    words = wanted.split()
    heads = {word[:2] for word in words} if is_spaced(tag) else set(wanted)
    by_form = _by_form(text, [claim for claim in claims if _mentions(claim, heads)], tag)
    for claim in claims:
        why = "form" if claim.id in by_form else _why(claim, wanted, words)
        if why is not None:
            yield Found(claim, tag, why)


def _mentions(claim: Claim, heads: set[str]) -> bool:
    """Whether the beginning of a word stands in a form, so that the form is worth compiling."""
    forms = fold(" ".join(claim.forms)).text
    return any(head in forms for head in heads)


def _by_form(text: str, claims: list[Claim], tag: str) -> set[str]:
    return {match.claim.id for match in Matcher(claims, lang=tag).candidates(text)} if claims else set()


def _why(claim: Claim, wanted: str, words: list[str]) -> Why | None:
    fields = _fields(claim)
    for why, field in fields.items():
        if wanted in field:
            return why
    everything = " ".join(fields.values())
    return "words" if len(words) > 1 and all(word in everything for word in words) else None


def _fields(claim: Claim) -> dict[Why, str]:
    meaning = claim.meaning
    return {
        "form": fold(" | ".join(claim.forms)).text,
        "id": f"{claim.id} | {claim.id.rpartition('.')[2].replace('-', ' ')}",
        "equivalent": fold(" | ".join(item.form for item in meaning.equivalents)).text if meaning else "",
        "literal": fold(meaning.literal).text if meaning else "",
        "sense": fold(meaning.sense).text if meaning else "",
        "statement": fold(claim.statement).text,
    }

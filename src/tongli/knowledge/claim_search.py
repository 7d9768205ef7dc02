"""Looking claims up by words: what an expression is called, what it says, how another language says it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from tongli.core.phrases import fold
from tongli.knowledge.claim import Claim
from tongli.knowledge.claim_files import SHIPPED, ClaimFiles
from tongli.knowledge.claim_matcher import Matcher
from tongli.knowledge.claim_set import Member, claim_of
from tongli.knowledge.claim_streams import is_spaced
from tongli.knowledge.claim_table import Row

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
    members = list(files.own(tag).members())
    words = wanted.split()
    heads = {word[:2] for word in words} if is_spaced(tag) else set(wanted)
    by_form = _by_form(text, [member for member in members if _mentions(member, heads)], tag)
    yield from (Found(claim, tag, "form") for claim in by_form.values())
    for member in members:
        if isinstance(member, Row) and not _may_hold(member, wanted, words):
            continue
        claim = claim_of(member)
        why = None if claim.id in by_form else _why(claim, wanted, words)
        if why is not None:
            yield Found(claim, tag, why)


def _mentions(member: Member, heads: set[str]) -> bool:
    """Whether the beginning of a word stands in an expression, so that it is worth compiling."""
    forms = (
        " ".join(member.writings).lower() if isinstance(member, Row) else fold(" ".join(member.forms)).text
    )
    return any(head in forms for head in heads)


def _may_hold(row: Row, wanted: str, words: list[str]) -> bool:
    """Whether a row may hold the words; one whose id is asked for is looked up by it."""
    text = row.text.lower()
    return wanted.startswith(row.table.prefix) or all(
        part in text for word in words for part in word.split("-")
    )


def _by_form(text: str, members: list[Member], tag: str) -> dict[str, Claim]:
    found = Matcher(members, lang=tag).candidates(text) if members else ()
    return {match.claim.id: match.claim for match in found}


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

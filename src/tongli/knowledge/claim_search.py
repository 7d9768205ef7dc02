"""Looking claims up by words: what an expression is called, what it says, how another language says it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

from tongli.core.phrases import fold
from tongli.knowledge.claim import FIGURATIVE, Claim
from tongli.knowledge.claim_files import KNOWN, ClaimFiles
from tongli.knowledge.claim_matcher import Matcher
from tongli.knowledge.claim_set import Member, claim_of
from tongli.knowledge.claim_streams import is_spaced
from tongli.knowledge.claim_table import Row

Why = Literal["form", "id", "equivalent", "literal", "sense", "statement", "scope", "words"]
"""What matched, the strongest first; ``words``: every word occurs, but not side by side."""

Place = Literal["word", "start", "inside"]
"""Whether whole words matched, the beginning of one, or only something inside, as "tip" in "multiple"."""

_NO_PREFIXES = "\u0590"
"""Scripts before this one (Latin, Greek, Cyrillic, Armenian) write nothing in front of a word."""


@dataclass(frozen=True, slots=True)
class Found:
    """A claim, the language or audience that it belongs to, why it was found, and how well it matched."""

    claim: Claim
    tag: str
    why: Why
    place: Place = "word"


def search(text: str, *, lang: str | None = None, files: ClaimFiles = KNOWN) -> list[Found]:
    """Claims that hold for ``lang`` (all if ``None``) and have to do with a text, the nearest first.

    What matches only inside of words is left out where anything else matches.

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
    better = [item for item in found.values() if item.place != "inside"]
    return sorted(better or found.values(), key=_rank)


def _rank(item: Found) -> tuple[int, int, bool, str, str]:
    """Whole words first, then the strongest reason, then practices before expressions."""
    claim = item.claim
    why, place = get_args(Why).index(item.why), get_args(Place).index(item.place)
    return place, why, item.why == "scope" and claim.kind in FIGURATIVE, item.tag, claim.id


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
            yield Found(claim, tag, *why)


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


def _why(claim: Claim, wanted: str, words: list[str]) -> tuple[Why, Place] | None:
    fields = _fields(claim)
    places = {why: _place(wanted, field) for why, field in fields.items() if wanted in field}
    for place in get_args(Place):
        for why, found in places.items():
            if found == place:
                return why, found
    everything = " ".join(fields.values())
    return ("words", "word") if len(words) > 1 and all(word in everything for word in words) else None


def _place(wanted: str, field: str) -> Place:
    """How well a text matches a field that has it."""
    if wanted >= _NO_PREFIXES or _whole(wanted).search(field):
        return "word"
    return "start" if _start(wanted).search(field) else "inside"


@lru_cache(maxsize=32)
def _start(wanted: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(wanted)}")


@lru_cache(maxsize=32)
def _whole(wanted: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)")


def _fields(claim: Claim) -> dict[Why, str]:
    meaning, scope = claim.meaning, claim.scope
    return {
        "form": fold(" | ".join(claim.forms)).text,
        "id": f"{claim.id} | {claim.id.rpartition('.')[2].replace('-', ' ')}",
        "equivalent": fold(" | ".join(item.form for item in meaning.equivalents)).text if meaning else "",
        "literal": fold(meaning.literal).text if meaning else "",
        "sense": fold(meaning.sense).text if meaning else "",
        "statement": fold(claim.statement).text,
        "scope": fold(" | ".join((*scope.medium, *scope.domain, *scope.relation))).text,
    }

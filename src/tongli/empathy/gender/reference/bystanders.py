"""Nouns for people who may be meant and are no candidates: *the boy*, *her predecessor*, *Omar's mother*.

A noun that says what a candidate is, is nobody else: *Leila, the minister*, *Kim is a teacher*. Other
names are not looked for: cross-validated on GAP's development part, they made answers worse.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from tongli.core import Span
from tongli.empathy.gender.reference.mentions import Mention
from tongli.empathy.gender.reference.words import listed

MOST = 2
"""The nearest ones before a mention count."""

_BEFORE = r"the|an?|every|each|any|some|no|one|this|that|another|my|our|your|their|his|her|\w+['’]s"
_SAYS_WHAT = re.compile(
    r"(?:\b(?:is|was|are|were|be|been|being|became|becomes|become|as|named|called|remained|like)|,)"
    r"(?:\s+(?:not|also|now|once|still))?\s+$"
)
_ANYBODY = frozenset(("every", "each", "any", "some", "no", "one", "another"))
_THEY = frozenset(("they", "them", "their", "theirs", "themselves", "themself"))
_AND = re.compile(r"\s*(?:,\s*)?(?:and|&|or)\s+")


def bystanders(text: str, *, mention: Span, mentions: Sequence[Mention], known: int) -> list[Mention]:
    """The nearest nouns for one person before a mention, numbered from ``known`` on; none is a candidate.

    Args:
        text: English.
        mention: the pronoun in question.
        mentions: of the candidates.
        known: how many candidates there are.
    """
    found = [
        match.span("who")
        for match in _nouns().finditer(text, 0, mention[0])
        if not match["plural"] and not _of_candidate(text, match, mentions)
    ]
    return [Mention(*span, index) for index, span in enumerate(found[-MOST:], start=known)]


def several(text: str, *, mention: Span, mentions: Sequence[Mention]) -> bool:
    """Whether a form of *they* may mean several people: two candidates named together, or a plural noun.

    Args:
        text: English.
        mention: the word in question.
        mentions: of the candidates.
    """
    if text[slice(*mention)].lower() not in _THEY:
        return False
    before = [item for item in mentions if item.end <= mention[0]]
    if not before:
        return False
    last = before[-1]
    together = len(before) > 1 and before[-2].candidate != last.candidate
    if together and _AND.fullmatch(text, before[-2].end, last.start):
        return True
    return any(match["plural"] for match in _nouns().finditer(text, last.end, mention[0]))


def _of_candidate(text: str, match: re.Match[str], mentions: Sequence[Mention]) -> bool:
    """Whether a candidate is named there, right after, or is said to be that."""
    start, end = match.span("who")
    if any(start < item.end and item.start < end for item in mentions):
        return True
    after = [item.start for item in mentions if item.start >= end]
    if after and not text[end : after[0]].strip(" ,"):
        return True
    if match["which"].lower() in _ANYBODY:
        return False
    return _SAYS_WHAT.search(text, max(0, match.start() - 24), match.start()) is not None


@cache
def _nouns() -> re.Pattern[str]:
    words = sorted(map(re.escape, listed()["people"]), key=len, reverse=True)
    return re.compile(
        rf"\b(?P<which>(?i:{_BEFORE}))\s+"
        rf"(?:[a-z]+\s+)?(?P<who>(?:{'|'.join(words)})(?P<plural>s)?)\b(?!-)",
    )

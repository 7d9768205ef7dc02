"""Who else a pronoun may be about: capitalised words that may be names, and nouns for people."""

from __future__ import annotations

import re
from functools import cache

from tongli.core import Span
from tongli.empathy.gender.english.nouns import find_nouns, starts_sentence
from tongli.empathy.gender.english.tagger import model
from tongli.empathy.gender.forms import table

_NAME = re.compile(r"(?<![\w.@#/-])[^\W\d_a-z][^\W\d_A-Z]+(?:[ -][^\W\d_a-z][^\W\d_A-Z]+)*(?!\w)")
_WORD_BEFORE = re.compile(r"(\w+)\W*$")
_WINDOW = 40


def undeclared(text: str) -> list[Span]:
    """Names and roles in a text, in order, none overlapping; too many rather than too few."""
    found = [noun.span for noun in find_nouns(text)]
    found += [match.span() for match in _roles().finditer(text)]
    found += [match.span() for match in _NAME.finditer(text) if _may_be_named(text, match)]
    kept: list[Span] = []
    for span in sorted(found):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _may_be_named(text: str, match: re.Match[str]) -> bool:
    words = match[0].split()
    if words[0].lower() in _listed("no_names"):
        return False
    before = _WORD_BEFORE.search(text, max(0, match.start() - _WINDOW), match.start())
    if before is not None and before[1].lower() in _listed("before_places"):
        return False
    if len(words) > 1 or not starts_sentence(text, match.start()):
        return True
    following = text[match.end() : match.end() + _WINDOW].split()[:2]
    return model().tag([words[0], *following])[0] in ("NNP", "NNPS")


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(table("en", "others")[name])


@cache
def _roles() -> re.Pattern[str]:
    listed = "|".join(map(re.escape, table("en", "others")["roles"]))
    return re.compile(rf"(?<![\w-])(?:{listed})s?(?![\w-])", re.IGNORECASE)

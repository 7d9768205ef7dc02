"""Nouns for things with the gender that their article shows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from tongli.core import Agreement
from tongli.empathy.gender.by_forms import BOTH
from tongli.empathy.gender.forms import table
from tongli.empathy.gender.german.nouns import find
from tongli.empathy.gender.things import Thing
from tongli.empathy.gender.words import Word

_MOST_ADJECTIVES = 3


def things_of(words: Sequence[Word]) -> tuple[Thing, ...]:
    """Nouns after an article, or after an adjective that shows their gender, and not after a preposition."""
    found = (_thing(words, at) for at in range(len(words)))
    return tuple(thing for thing in found if thing is not None)


def _thing(words: Sequence[Word], at: int) -> Thing | None:
    """The noun that the article or adjective at a place opens."""
    grammar = table("de", "grammar")
    genders = _genders(words[at])
    before = words[at - 1].low if at else ""
    if genders is None or any(before in cases.split() for cases in grammar["cases"].values()):
        return None
    for head in range(at + 1, min(len(words), at + 2 + _MOST_ADJECTIVES)):
        word = words[head]
        if word.capital and not word.opens:
            barred = _barred(words[at].low)
            return Thing(span=word.span, genders=genders, barred=barred) if find(word.text) is None else None
        if not word.low.endswith(("e", "en", "er", "es", "em")):
            return None
    return None


def _genders(word: Word) -> frozenset[Agreement] | None:
    """What agrees with the noun behind an article looks like; neuter looks masculine."""
    for gender in BOTH:
        if word.low in _listed(gender):
            return frozenset({gender})
    ending = word.low[-2:]
    if word.opens and word.capital and find(word.text) is None and ending in {"er", "es"}:
        return frozenset({"masculine"})
    return None


def _barred(article: str) -> frozenset[str]:
    """Pronouns that cannot mean a noun behind an article of the neuter."""
    return _listed("never_neuter") if article in _listed("neuter") else frozenset()


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(table("de", "grammar")["articles_of_things"][name].split())

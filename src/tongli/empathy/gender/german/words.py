"""Words of a German text, and the closed classes they belong to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from tongli.core import Span
from tongli.empathy.gender.forms import table
from tongli.empathy.gender.german.nouns import CASES, Case

_WORD = re.compile(r"@\w+|[^\W_]+(?:[-'’][^\W_]+)*|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a mark with its place; ``opens``: nothing but marks before it in its sentence."""

    text: str
    span: Span
    opens: bool

    @property
    def low(self) -> str:
        """In lower case."""
        return self.text.lower()

    @property
    def capital(self) -> bool:
        """Whether it starts with a capital letter."""
        return self.text[:1].isupper()


def words_of(text: str) -> list[Word]:
    """Words and marks in order."""
    found: list[Word] = []
    opens = True
    for match in _WORD.finditer(text):
        found.append(Word(match[0], match.span(), opens))
        if match[0][0].isalnum():
            opens = False
        elif match[0] in '.!?:„»"':
            opens = True
    return found


@cache
def group(name: str) -> frozenset[str]:
    """A list of words of the grammar table."""
    return frozenset(table("de", "grammar")["words"][name].split())


@dataclass(frozen=True, slots=True)
class Determiner:
    """What a determiner may be: ``kind`` is ``strong`` (der, dieser) or ``mixed`` (ein, mein)."""

    kind: str
    masculine: frozenset[Case]
    feminine: frozenset[Case]
    forms: dict[tuple[str, Case], str]


@cache
def determiner(word: str) -> Determiner | None:
    """The determiner that a lower-case word is a singular form of."""
    for kind, masculine, feminine, neuter in _paradigms():
        cases = {
            gender: frozenset(case for case, form in zip(CASES, forms, strict=True) if form == word)
            for gender, forms in (("m", masculine), ("f", feminine), ("n", neuter))
        }
        if any(cases.values()):
            forms = {
                (gender, case): form
                for gender, row in (("m", masculine), ("f", feminine), ("n", neuter))
                for case, form in zip(CASES, row, strict=True)
            }
            return Determiner(kind, cases["m"], cases["f"], forms)
    return None


@cache
def _paradigms() -> tuple[tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...]:
    data: dict[str, Any] = table("de", "grammar")["articles"]
    rows = [("strong", tuple(data["masculine"]), tuple(data["feminine"]), tuple(data["neuter"]))]
    for kind in ("strong", "mixed"):
        for stem in data[f"{kind}_stems"]:
            rows.append(
                (kind, *(_with(stem, data[f"{kind}_{g}"]) for g in ("masculine", "feminine", "neuter")))
            )
    return tuple(rows)


def _with(stem: str, endings: list[str]) -> tuple[str, ...]:
    return tuple(stem + ending for ending in endings)

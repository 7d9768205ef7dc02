"""Closed classes of German words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from tongli.empathy.gender.forms import table
from tongli.empathy.gender.german.nouns import CASES, Case


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
    genders = ("masculine", "feminine", "neuter")
    rows = [("strong", *(tuple(map(str, data[gender])) for gender in genders))]
    rows += [
        (kind, *(_with(stem, data[f"{kind}_{gender}"]) for gender in genders))
        for kind in ("strong", "mixed")
        for stem in data[f"{kind}_stems"]
    ]
    return tuple((str(row[0]), tuple(row[1]), tuple(row[2]), tuple(row[3])) for row in rows)


def _with(stem: str, endings: list[str]) -> tuple[str, ...]:
    return tuple(stem + ending for ending in endings)

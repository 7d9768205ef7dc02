"""Sentences of our own that differ in one thing: who does it to whom, when, whether (``own.toml``)."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

_TURNED = {
    "past": ("negation", "denied"),
    "denied": ("negation", "past"),
    "must": ("modality", "may"),
    "may": ("modality", "must"),
    "never": ("quantity", "always"),
    "always": ("quantity", "never"),
    "will": ("modality", "must"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What a sentence says, in any of the languages: numbers of the lists of ``own.toml``."""

    form: str
    one: int
    two: int
    verb: int
    time: int

    def said(self, lang: str) -> str:
        """The sentence."""
        table = _table()
        own: Mapping[str, Any] = table[lang]
        a, b = names(lang, self)
        return str(own[self.form]).format(
            a=a, b=b, v=own["v"][self.verb], i=own["i"][self.verb], t=own["t"][self.time]
        )


def languages() -> list[str]:
    """Those that the sentences are in."""
    return [name for name in _table() if name != "names"]


def names(lang: str, fact: Fact) -> tuple[str, str]:
    """Who does it to whom."""
    table = _table()
    own: Sequence[str] = table["names"].get(lang, table["names"]["en"])
    return own[fact.one], own[fact.two]


def facts(draw: random.Random, count: int) -> Iterator[tuple[Fact, Fact, str]]:
    """Facts, each with another one that differs in one thing, and the kind of that."""
    table = _table()
    for _ in range(count):
        one, two = draw.sample(range(len(table["names"]["en"])), 2)
        verb, time = (draw.randrange(len(table["en"][name])) for name in "vt")
        fact = Fact(form=draw.choice(list(_TURNED)), one=one, two=two, verb=verb, time=time)
        kind, form = _TURNED[fact.form]
        others = [(kind, replace(fact, form=form)), ("roles", replace(fact, one=two, two=one))]
        if fact.form in {"past", "denied"}:
            others.append(("time", replace(fact, time=(time + draw.randrange(1, 7)) % 8)))
        others.append(("opposite", replace(fact, verb=(verb + draw.randrange(1, 7)) % 8)))
        kind, other = others[draw.choices(range(len(others)), [3, 3, 1, 1][: len(others)])[0]]
        yield fact, other, kind


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads((files(__package__) / "own.toml").read_text(encoding="utf-8"))

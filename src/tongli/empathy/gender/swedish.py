"""Swedish: han, hon, hen and nouns for people."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from tongli.core import Span
from tongli.empathy.gender.binding import Grammar
from tongli.empathy.gender.forms import table
from tongli.empathy.gender.rows import ByRows
from tongli.empathy.gender.words import words_of

_PLACES = frozenset({"i", "på", "till", "från"})


def _name(name: str) -> str:
    return rf"(?<!\w){re.escape(name)}s?(?!\w)"


def _others(text: str) -> Sequence[Span]:
    """Capitalised words inside a sentence that no preposition of place governs."""
    words = words_of(text)
    return [
        word.span
        for before, word in pairwise(words)
        if word.capital and not word.opens and before.low not in _PLACES
    ]


class Swedish(ByRows):
    """Swedish: hen is in the dictionary since 2015."""

    lang = "sv"
    slots = ("nom", "possessive", "acc")
    grammar = Grammar(
        name=_name, predicate=frozenset(table("sv", "forms")["predicate"].split()), others=_others
    )

    def of_name(self, name: str) -> str:
        """Kims, Alex."""
        return name if name.endswith(("s", "x", "z")) else name + "s"

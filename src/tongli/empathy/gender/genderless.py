"""Turkish and Finnish: one pronoun for everybody. Nothing changes; words that name a gender are reported."""

from __future__ import annotations

from tongli.empathy.gender.binding import Grammar, nobody
from tongli.empathy.gender.rows import ByRows, exact

_GRAMMAR = Grammar(name=exact, predicate=frozenset(), others=nobody)


class Turkish(ByRows):
    """Turkish: o is everybody."""

    lang = "tr"
    grammar = _GRAMMAR


class Finnish(ByRows):
    """Finnish: hän is everybody."""

    lang = "fi"
    grammar = _GRAMMAR

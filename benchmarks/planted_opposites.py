"""Opposites that no list which is learnt from holds; see ``meaning.py``."""

from __future__ import annotations

import re
from itertools import chain

_OPPOSITES = (
    "guilty innocent,heavy light,wide narrow,deep shallow,fast slow,faster slower,clean dirty,"
    "empty full,loud quiet,winter summer,sweet bitter,remember forget,victory defeat,"
    "permanent temporary,ancient modern,near far,thick thin,laugh cry,laughed cried,peace war,"
    "domestic foreign,urban rural,teacher student,husband wife,king queen,expanded shrank,"
    "arrived departed,gained shed,tall tiny,healthy sick,married divorced,employed unemployed,"
    "hired fired,praised criticised,praise criticism,wealth poverty,boring exciting,beautiful ugly,"
    "clever stupid,summer winter,hero villain,upper lower,southern northern,eastern western,"
    "men women,man woman,boys girls,boy girl,son daughter,day night,indoor outdoor,birth death,"
    "born killed,interesting dull,funny serious,popular unpopular,common rare,simple complicated,"
    "major minor,former current,city village,science art,drink eat,walk drive,listen speak,"
    "read write,dogs cats,dog cat,song film,game concert,school hospital,water fire"
)
_OPPOSITE = dict(
    chain.from_iterable(
        ((one, two), (two, one)) for one, two in (pair.split() for pair in _OPPOSITES.split(","))
    )
)
_WORD = re.compile(rf"\b(?:{'|'.join(sorted(_OPPOSITE, key=len, reverse=True))})\b")


def unlisted(text: str) -> str | None:
    """An English text with its first such word turned into its opposite; ``None`` where it has none."""
    found = _WORD.search(text)
    return text[: found.start()] + _OPPOSITE[found[0]] + text[found.end() :] if found else None

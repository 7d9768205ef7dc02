"""Numbers of a text as quantities, scale words included: 300,000, 300 mil, 30 万 and 300 тысяч are one."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import cache

from tongli.generation.fact_values import number_value
from tongli.generation.facts import fold
from tongli.generation.translate.pair import table

NUMBER = r"[0-9]+(?:[.,'’\u00a0\u202f][0-9]+)*"


def quantities(text: str) -> frozenset[Decimal]:
    """Every number of a text, plain and with the scale word behind it; neighbours of falling scale are added.

    >>> sorted(map(int, quantities("1億2,500万")))
    [1, 2500, 25000000, 100000000, 125000000]
    """
    found: set[Decimal] = set()
    total, before, end = Decimal(0), 99, -1
    for match in _pattern().finditer(fold(text).lower()):
        plain = _value(match["number"])
        if plain is None:
            continue
        power = next(
            (int(name[1:]) for name, word in match.groupdict().items() if word and name != "number"), 0
        )
        scaled = plain.scaleb(power)
        follows = match.start() - end <= 1 and power < before
        total = total + scaled if follows else scaled
        found |= {plain, scaled, total}
        before, end = power, match.end()
    return frozenset(each.normalize() for each in found)


def _value(text: str) -> Decimal | None:
    try:
        return Decimal(number_value(text))
    except InvalidOperation:
        return None


@cache
def _pattern() -> re.Pattern[str]:
    scales = "|".join(
        rf"(?P<p{power}>{'|'.join(_ending(word) for word in sorted(words, key=len, reverse=True))})"
        for power, words in sorted(table("scales")["powers"].items(), key=lambda item: -int(item[0]))
    )
    return re.compile(rf"(?P<number>{NUMBER})(?:[\s\u00a0-]?(?:{scales}))?")


def _ending(word: str) -> str:
    """A scale word with what must not follow: a letter, except in scripts without spaces."""
    return word if "\u0e00" <= word[0] <= "\u0eff" or "\u2e80" <= word[0] <= "\ud7ff" else rf"{word}(?!\w)"

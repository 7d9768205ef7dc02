"""Inanimate nouns, as pymorphy3 reads them."""

from __future__ import annotations

from collections.abc import Sequence

from tongli.core import Agreement
from tongli.empathy.gender.forms import table
from tongli.empathy.gender.russian.morphology import readings
from tongli.empathy.gender.things import Thing
from tongli.empathy.gender.words import Word

_GENDERS: dict[str | None, Agreement] = {"masc": "masculine", "femn": "feminine", "neut": "masculine"}
_LIKELY = 2


def things_of(words: Sequence[Word]) -> tuple[Thing, ...]:
    """Nouns for things in the singular, and not after a preposition."""
    prepositions = table("ru", "grammar")["words"]["prepositions"].split()
    found = []
    for at, word in enumerate(words):
        if any(words[i].low in prepositions for i in (at - 1, at - 2) if i >= 0):
            continue
        nouns = [
            each
            for each in readings(word.low)[:_LIKELY]
            if each.pos == "NOUN"
            and each.number == "sing"
            and each.case in {"nomn", "accs"}
            and not each.alive
        ]
        if nouns and nouns[0].gender in _GENDERS:
            found.append(Thing(span=word.span, genders=frozenset({_GENDERS[nouns[0].gender]})))
    return tuple(found)

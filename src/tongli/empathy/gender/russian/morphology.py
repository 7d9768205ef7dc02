"""Russian word forms: pymorphy3 where it is installed, endings of the past tense where it is not.

References:
    Korobov (2015), "Morphological Analyzer and Generator for Russian and Ukrainian Languages", AIST.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

_CYRILLIC = re.compile(r"(?:\d+-)?[а-яё]+(?:-[а-яё]+)*", re.IGNORECASE)
_OTHER = {"masc": "femn", "femn": "masc"}
AGREEING = frozenset({"VERB", "ADJS", "PRTS", "ADJF", "PRTF"})


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a word: part of speech, gender, number, case, as OpenCorpora names them."""

    pos: str
    gender: str | None
    number: str | None
    case: str | None
    lemma: str
    alive: bool
    transitive: bool
    name: bool
    raw: Any = None


@cache
def analyser() -> Any | None:
    """pymorphy3's analyser, or nothing."""
    try:
        import pymorphy3
    except ImportError:
        return None
    return pymorphy3.MorphAnalyzer()


@lru_cache(maxsize=50_000)
def readings(word: str) -> tuple[Reading, ...]:
    """Readings of a word, likeliest first."""
    found = analyser()
    if _CYRILLIC.fullmatch(word) is None:
        return ()
    if found is None:
        return _by_ending(word.lower())
    return tuple(
        Reading(
            pos=str(parse.tag.POS),
            gender=parse.tag.gender,
            number=parse.tag.number,
            case=parse.tag.case,
            lemma=parse.normal_form,
            alive="anim" in parse.tag,
            transitive="tran" in parse.tag,
            name=any(mark in parse.tag for mark in ("Name", "Surn", "Patr")) or not parse.is_known,
            raw=parse,
        )
        for parse in found.parse(word)
    )


def _by_ending(word: str) -> tuple[Reading, ...]:
    for ending, gender in (("лся", "masc"), ("лась", "femn"), ("ла", "femn"), ("л", "masc")):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return (Reading("VERB", gender, "sing", None, word, alive=False, transitive=True, name=False),)
    return ()


def turned(word: str, reading: Reading) -> str | None:
    """A word that agrees, in the other gender."""
    if reading.raw is None:
        for own, other in (("лся", "лась"), ("лась", "лся"), ("ла", "л"), ("л", "ла")):
            if word.endswith(own):
                return word.removesuffix(own) + other
        return None
    found = reading.raw.inflect({_OTHER[str(reading.gender)]})
    return None if found is None or found.word[:2] != word[:2] else str(found.word)


def declined(lemma: str, reading: Reading) -> str | None:
    """A noun in the case and number of a reading."""
    found = analyser()
    if found is None:
        return None
    nouns = [
        parse
        for parse in found.parse(lemma)
        if parse.normal_form == lemma and parse.tag.POS in {"NOUN", "ADJF"}
    ]
    if not nouns:
        return None
    after = nouns[0].inflect({str(reading.number), str(reading.case)})
    return None if after is None else str(after.word)


def likened(lemma: str, reading: Reading) -> str | None:
    """An adjective in all the categories of a reading."""
    found = analyser()
    grammemes = {str(part) for part in (reading.gender, reading.number, reading.case) if part}
    if reading.case == "accs" and reading.gender != "femn":
        grammemes.add("anim" if reading.alive else "inan")
    after = found.parse(lemma)[0].inflect(grammemes) if found is not None else None
    return None if after is None else str(after.word)

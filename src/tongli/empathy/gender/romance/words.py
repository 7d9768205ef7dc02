"""Words of a text with their places, and how a changed word is written before its neighbours."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(r"\bMM?\.(?=\s)|[^\W_]+(?:-[^\W_]+)*['’]?|[^\w\s]|_")
_PART = re.compile(r"[^\W_]+['’]?|-")


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a mark.

    Attributes:
        start, end: code points of the text.
        text: as written.
        low: in lower case, with a straight apostrophe.
    """

    start: int
    end: int
    text: str
    low: str

    @property
    def is_word(self) -> bool:
        """Whether it has letters or digits."""
        return self.low[0].isalnum()

    @property
    def elided(self) -> bool:
        """Whether it is written onto the next word (``l'``)."""
        return self.low.endswith("'")


def words_of(text: str, *, whole: frozenset[str]) -> list[Word]:
    """Words and marks in order; hyphened words stay whole only where ``whole`` has them."""
    found: list[Word] = []
    for match in _TOKEN.finditer(text):
        part = match[0]
        if "-" in part and part.lower() not in whole:
            found += [_word(inner[0], match.start() + inner.start()) for inner in _PART.finditer(part)]
        else:
            found.append(_word(part, match.start()))
    return found


def cased(new: str, old: str) -> str:
    """``new`` in the case of ``old``."""
    letters = [char for char in old if char.isalpha()]
    if len(letters) > 1 and all(char.isupper() for char in letters):
        return new.upper()
    return new[:1].upper() + new[1:] if letters and letters[0].isupper() else new


def _word(text: str, start: int) -> Word:
    return Word(start, start + len(text), text, text.lower().replace("’", "'"))

"""Words of a text with their places, and the clause they stand in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from tongli.core import Span

_WORD = re.compile(
    r"@\w+|[^\W_]+(?:[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0900-\u0903\u093a-\u094f]+[^\W_]*)*(?:[-'’][^\W_]+)*|[^\w\s]"
)
_INSIDE = "«»\"“”„'()–—-"
_ENDS = '.!?:„«»“"।؟。！？'


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a mark with its place; ``opens``: only marks stand before it in its sentence."""

    text: str
    span: Span
    opens: bool

    @property
    def low(self) -> str:
        """In lower case."""
        return self.text.lower()

    @property
    def capital(self) -> bool:
        """Whether it starts with a letter that is not a small one, as a name does in any script."""
        first = self.text[:1]
        return first.isalpha() and not first.islower()


@lru_cache(maxsize=1)
def words_of(text: str) -> tuple[Word, ...]:
    """Words and marks in order; combining marks stay with their word. A check asks several times."""
    found: list[Word] = []
    opens = True
    for match in _WORD.finditer(text):
        found.append(Word(match[0], match.span(), opens))
        if match[0][0].isalnum() or match[0][0] == "@":
            opens = False
        elif match[0] in _ENDS:
            opens = True
    return tuple(found)


def clause(words: Sequence[Word], at: int) -> tuple[int, int]:
    """First and last + 1 word between the marks around a word; quotation marks and dashes do not count."""

    def cuts(word: Word) -> bool:
        return not word.text[0].isalnum() and word.text not in _INSIDE

    start = next((i + 1 for i in range(at - 1, -1, -1) if cuts(words[i])), 0)
    end = next((i for i in range(at + 1, len(words)) if cuts(words[i])), len(words))
    return start, end

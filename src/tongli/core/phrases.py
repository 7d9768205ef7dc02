"""Words and phrases in any script, found with offsets in the text as it was written.

The word boundary of :mod:`re` is wrong for Devanagari and Arabic marks and useless for scripts without
spaces, and a plain search misses full-width letters or a soft hyphen inside a word. Here text is compared
after NFKC, without invisible format characters and in lower case; a match must not touch another letter,
mark or digit, except in scripts written without spaces.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from tongli.core.reading import Span

_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)


@dataclass(frozen=True, slots=True)
class Folded:
    """A text made comparable; ``starts[i]``, ``ends[i]``: code points of the original behind ``text[i]``."""

    text: str
    starts: list[int]
    ends: list[int]

    def span(self, start: int, end: int) -> Span:
        """Range of the original behind the half-open, non-empty range ``start..end`` of ``text``."""
        return self.starts[start], self.ends[end - 1]


def fold(text: str, *, case: bool = False) -> Folded:
    """Make a text comparable; ``case`` keeps upper and lower case apart."""
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _clusters(text):
        piece = unicodedata.normalize("NFKC", text[start:end])
        piece = "".join(char for char in piece if unicodedata.category(char) != "Cf")
        for char in piece if case else piece.lower():
            letters.append(char)
            starts.append(start)
            ends.append(end)
    return Folded("".join(letters), starts, ends)


class Phrases:
    """A compiled list of patterns.

    Args:
        patterns: regular expressions in NFKC and, unless ``case``, in lower case. A pattern that ends in
            ``*`` may be followed by more letters (stems, agglutinated particles).
        case: tell upper from lower case.
    """

    def __init__(self, patterns: Iterable[str], *, case: bool = False) -> None:
        self._case = case
        patterns = tuple(patterns)
        stems = [pattern[:-1] for pattern in patterns if pattern.endswith("*")]
        whole = [pattern for pattern in patterns if not pattern.endswith("*")]
        before, after = _edges()
        self._forms = [
            re.compile(f"{before}(?:{'|'.join(group)}){edge}")
            for group, edge in ((whole, after), (stems, ""))
            if group
        ]

    def find(self, text: str) -> list[Span]:
        """Spans of the matches in ``text``, in order."""
        folded = fold(text, case=self._case)
        found = {
            folded.span(*match.span())
            for form in self._forms
            for match in form.finditer(folded.text)
            if match[0]
        }
        return sorted(found)


def _clusters(text: str) -> Iterable[Span]:
    """Each character with the combining marks that follow it."""
    start = 0
    for index in range(1, len(text)):
        if not unicodedata.combining(text[index]):
            yield start, index
            start = index
    if text:
        yield start, len(text)


@cache
def _edges() -> tuple[str, str]:
    marks = [code for code in range(0x300, 0x20000) if unicodedata.category(chr(code)).startswith("M")]
    runs = [
        [code for _, code in run] for _, run in groupby(enumerate(marks), key=lambda item: item[1] - item[0])
    ]
    spaced = "".join(
        f"{chr(run[0])}-{chr(run[-1])}" for run in runs if not re.match(f"[{_UNSPACED}]", chr(run[0]))
    )
    word = rf"[^\W{_UNSPACED}]|[{spaced}]"
    return f"(?<!{word})", f"(?!{word})"

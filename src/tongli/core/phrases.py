"""Words and phrases in any script, found with offsets in the text as it was written.

The word boundary of :mod:`re` is wrong for Devanagari and Arabic marks and useless for scripts without
spaces, and a plain search misses full-width letters or a soft hyphen inside a word. Here text is compared
after NFKC, without invisible format characters and in lower case; a match must not touch another letter,
mark or digit, except in scripts written without spaces.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache, partial
from itertools import groupby

from tongli.core.reading import Span

_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)

_SHORT = 4000
"""Code points of a text that is remembered as it was folded: dozens of lists are looked for in one text."""

_Places = tuple[list[int], list[int]]


@dataclass(frozen=True)
class Folded:
    """A text made comparable.

    Attributes:
        text: what is compared.
        offsets: makes the places, if ever they are asked for.
    """

    text: str
    offsets: Callable[[], _Places] = field(compare=False, repr=False)

    @property
    def starts(self) -> list[int]:
        """Where the code points of the original behind each ``text[i]`` start."""
        return self._places[0]

    @property
    def ends(self) -> list[int]:
        """Where the code points of the original behind each ``text[i]`` end."""
        return self._places[1]

    def span(self, start: int, end: int) -> Span:
        """Range of the original behind the half-open, non-empty range ``start..end`` of ``text``."""
        return self.starts[start], self.ends[end - 1]

    @cached_property
    def _places(self) -> _Places:
        return self.offsets()


def fold(text: str, *, case: bool = False) -> Folded:
    """Make a text comparable; ``case`` keeps upper and lower case apart."""
    return _remembered(text, case=case) if len(text) <= _SHORT else _folded(text, case=case)


def _folded(text: str, *, case: bool) -> Folded:
    # Letter by letter, as a whole text has one more rule (the final sigma).
    letters = text if case else text.lower() if text.isascii() else "".join(map(str.lower, text))
    if _is_plain(text) and len(letters) == len(text):
        return Folded(letters, partial(_offsets, text))
    return _fold_clusters(text, case=case)


_remembered = lru_cache(maxsize=32)(_folded)


def _is_plain(text: str) -> bool:
    """Whether a text is in NFKC and without format characters, as nearly every text is."""
    return text.isascii() or (
        unicodedata.is_normalized("NFKC", text)
        and not any(unicodedata.category(char) == "Cf" for char in set(text))
    )


def _offsets(text: str) -> _Places:
    """Where the cluster of each code point starts and ends."""
    starts, ends = list(range(len(text))), list(range(1, len(text) + 1))
    marks = set() if text.isascii() else {char for char in set(text) if unicodedata.combining(char)}
    if marks:
        for index in range(1, len(text)):
            if text[index] in marks:
                starts[index] = starts[index - 1]
        for index in range(len(text) - 1, 0, -1):
            if text[index] in marks:
                ends[index - 1] = ends[index]
    return starts, ends


def _fold_clusters(text: str, *, case: bool) -> Folded:
    """:func:`fold` for any text."""
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _clusters(text):
        for char in _comparable(text[start:end], case=case):
            letters.append(char)
            starts.append(start)
            ends.append(end)
    return Folded("".join(letters), lambda: (starts, ends))


def _comparable(cluster: str, *, case: bool) -> str:
    if cluster.isascii():
        return cluster if case else cluster.lower()
    composed = unicodedata.normalize("NFKC", cluster)
    kept = "".join(char for char in composed if unicodedata.category(char) != "Cf")
    return kept if case else kept.lower()


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
        ends = [f"(?:{'|'.join(group)}){edge}" for group, edge in ((whole, after), (stems, "")) if group]
        self._forms = [f"{before}{end}" for end in ends]
        # Nearly every text holds none of the phrases, which one pass over it can tell.
        self._any = re.compile(f"{before}(?:{'|'.join(ends)})") if ends else None

    @classmethod
    def literal(cls, strings: Iterable[str]) -> Phrases:
        """Phrases that mean just what they say, whatever the case; blank ones are left out."""
        written = (re.escape(fold(item).text.strip()) for item in strings)
        return cls(re.sub(r"\\\*$", "[*]", pattern) for pattern in written if pattern)

    def find(self, text: str) -> list[Span]:
        """Spans of the matches in ``text``, in order."""
        if self._any is None:
            return []
        folded = fold(text, case=self._case)
        if self._any.search(folded.text) is None:
            return []
        found = {
            folded.span(*match.span())
            for form in self._compiled
            for match in form.finditer(folded.text)
            if match[0]
        }
        return sorted(found)

    @cached_property
    def _compiled(self) -> list[re.Pattern[str]]:
        return [re.compile(form) for form in self._forms]


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

"""A text as words and sentences, without a parser, and lists of function words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from tongli.empathy.gender.forms import table
from tongli.empathy.gender.reference.canonical import word_lists

_TOKEN = re.compile(r"``|''|\w+(?:['’](?!s\b)\w+)*|['’]s\b|[^\w\s]")
_ENDS = frozenset(".!?")
QUOTES = frozenset(('"', "“", "”", "``", "''"))
"""Also as the Penn Treebank writes them."""
_SAME = frozenset(("she", "her", "hers", "herself"))
_OTHER = frozenset(("he", "him", "his", "himself"))
START = "<s>"
"""What stands before the first word of a sentence."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text in words.

    Attributes:
        starts: where each begins.
        written: as they stand.
        low: in lower case.
        sentence: number of the sentence of each.
        first: sentence → index of its first word.
        same, other: where forms of the one pronoun set stand, and of the other.
        before_each: list → how many words of it stand before each word.
    """

    starts: list[int]
    written: list[str]
    low: list[str]
    sentence: list[int]
    first: dict[int, int]
    same: list[int]
    other: list[int]
    before_each: Mapping[str, list[int]]

    def count(self, name: str, low: int, high: int) -> int:
        """How many words of a list stand from one place to before another."""
        sums = self.before_each[name]
        return sums[high] - sums[low]

    def at(self, offset: int) -> int:
        """Index of the word at an offset."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def before(self, index: int) -> str:
        """The word before, within the sentence."""
        same = index > 0 and self.sentence[index - 1] == self.sentence[index]
        return self.low[index - 1] if same else START

    def after(self, index: int) -> str:
        """The word after."""
        return self.low[index + 1] if index + 1 < len(self.low) else ""


def read_words(text: str) -> Words:
    """Words and sentences of a canonical text."""
    starts: list[int] = []
    written: list[str] = []
    sentences: list[int] = []
    number = end = 0
    ended = False
    for match in _TOKEN.finditer(text):
        start, stop = match.span()
        if (ended or start > end + 1 or text[end] == "\n") and _begins(text, start, end, written):
            number += 1
        word = match[0]
        starts.append(start)
        written.append(word)
        sentences.append(number)
        end, ended = stop, word in _ENDS
    first: dict[int, int] = {}
    for index, sentence in enumerate(sentences):
        first.setdefault(sentence, index)
    low = [word.lower() for word in written]
    same = [index for index, word in enumerate(low) if word in _SAME]
    other = [index for index, word in enumerate(low) if word in _OTHER]
    lists = listed() | {"quotes": QUOTES}
    before_each = {
        name: [0, *accumulate(map(lists[name].__contains__, low))]
        for name in ("coordinators", "subordinators", "prepositions", "quotes")
    }
    return Words(starts, written, low, sentences, first, same, other, before_each)


def _begins(text: str, start: int, end: int, written: Sequence[str]) -> bool:
    """Whether a sentence begins with the word that starts here."""
    if not written:
        return False
    if end < start and "\n" in text[end:start]:
        return True
    opens = {text[start], text[start : start + 2]} & QUOTES
    if written[-1][0] not in _ENDS or not (text[start].isupper() or opens):
        return False
    before = written[-2] if len(written) > 1 else ""
    initial = len(before) == 1 and before.isupper()
    return not (written[-1] == "." and (initial or before.lower() in listed()["abbreviations"]))


@cache
def listed() -> dict[str, frozenset[str]]:
    """Lists of words by name; ``linked`` are those of three, ``people`` all nouns for one person."""
    found = {name: frozenset(value.split()) for name, value in word_lists().items() if isinstance(value, str)}
    linked = found["prepositions"] | found["subordinators"] | found["coordinators"]
    people = found["feminine"] | found["masculine"] | frozenset(table("en", "others")["roles"])
    return found | {"linked": linked, "people": people}

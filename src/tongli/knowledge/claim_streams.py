"""Texts made comparable for the search of claims, with the way back to their code points.

Languages written with blanks become a line of words, each after a blank: ``" i ~m over the moon . "``. A word
that an apostrophe or hyphen joins to the one before starts with ``~``; an emoji is a word, and so is a full
stop, so that no gap reaches over it. Words are compared after NFKC and case folding, and without what a
language's writers leave out as they please (Arabic vowel marks, the dots of ё). Chinese, Japanese and the
scripts of South-East Asia have no such words; there the characters themselves are compared, and a rule of the
language may tell what would cut a word in two.

References:
    Unicode Standard Annex #15, "Unicode Normalization Forms"; Core Specification, 3.13, on case folding.
    Larkey, Ballesteros & Connell (2002), "Improving stemming for Arabic information retrieval", SIGIR: which
    Arabic letters and marks to unify.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial

import regex

from tongli.core import Span
from tongli.core.phrases import fold
from tongli.knowledge import tags

JOINED = "~"
STOP = "."
_UNSPACED = frozenset({"bo", "ja", "km", "lo", "my", "th", "zh"})

_INVISIBLE = "\u00ad\u0640\u200b-\u200f\u2060\ufeff"  # soft hyphen, tatweel, joiners and direction marks
_WORD = rf"[\p{{L}}\p{{N}}][\p{{L}}\p{{M}}\p{{N}}{_INVISIBLE}]*"
_SIGN = rf"[\p{{So}}\p{{Sc}}][\p{{M}}\p{{Sk}}{_INVISIBLE}]*"
_TOKEN = regex.compile(
    rf"(?<joined>(?<=[\p{{L}}\p{{M}}\p{{N}}]['’ʼ＇‘-])(?={_WORD}))?(?<word>{_WORD}|{_SIGN})"
    r"|(?<stop>[.!?…。！？।॥؟۔]|\n[^\S\n]*\n)"
)
_DROPPED = {
    "ar": regex.compile("[\u0610-\u061a\u064b-\u065f\u0670]"),
}
_UNIFIED = {
    "ar": str.maketrans("أإآٱىی", "اااايي"),
    "fa": str.maketrans("يك", "یک"),
    "hi": str.maketrans("ँ", "ं"),
    "ru": str.maketrans("ё", "е"),
}
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
_HIDDEN = regex.compile(rf"[{_INVISIBLE}\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")  # and how an emoji looks


_HAN = regex.compile(r"[\p{Han}々]")
_BEFORE_HAN = (
    "今日",
    "昨日",
    "明日",
    "毎日",
    "最近",
    "今年",
    "去年",
    "先日",
    "今朝",
    "今夜",
    "毎朝",
    "毎晩",
    "昨夜",
    "先週",
    "来週",
    "今週",
    "全員",
    "結局",
    "一日",
    "今",
    "皆",
)
"""Words for times and people after which Japanese begins a new word without a particle."""


@dataclass(frozen=True, slots=True)
class Stream:
    """A comparable text; ``at[i]``: where piece i starts in it, ``starts`` and ``ends``: in the original.

    ``cuts``: whether a half-open, non-empty range of ``text`` is cut off a longer word. It is asked for what
    is told as a whole expression; a form of address is often part of a word.
    """

    text: str
    at: list[int] | range
    starts: list[int]
    ends: list[int]
    cuts: Callable[[int, int], bool]

    def span(self, start: int, end: int) -> Span:
        """Range of the original behind the half-open, non-empty range ``start..end`` of ``text``."""
        first, last = bisect_right(self.at, start) - 1, bisect_right(self.at, end - 1) - 1
        return self.starts[first], self.ends[last]


def is_spaced(lang: str) -> bool:
    """Whether a language is written with blanks between words; raises ``InputError`` (``locale.tag``)."""
    return word_family(lang) not in _UNSPACED


def stream(text: str, lang: str) -> Stream:
    """A text of a language made comparable; linear in its length."""
    if not is_spaced(lang):
        folded = fold(text)
        cuts = partial(_CUTS.get(word_family(lang), _never), folded.text)
        return Stream(folded.text, range(len(folded.text)), folded.starts, folded.ends, cuts)
    family = word_family(lang)
    pieces, at, starts, ends = [" "], [], [], []
    length = 1
    for found in _TOKEN.finditer(text):
        piece = fold_word(found["word"], family) if found["word"] else STOP
        if not piece:
            continue
        piece = f"{JOINED}{piece} " if found["joined"] is not None else f"{piece} "
        pieces.append(piece)
        at.append(length)
        starts.append(found.start())
        ends.append(found.end())
        length += len(piece)
    return Stream("".join(pieces), at, starts, ends, partial(_never, ""))


def words(text: str, lang: str) -> tuple[str, ...]:
    """The comparable words of a short text of a language with blanks, without stops."""
    family = word_family(lang)
    found = (fold_word(match["word"], family) for match in _TOKEN.finditer(text) if match["word"])
    return tuple(filter(None, found))


@lru_cache(maxsize=1 << 15)
def fold_word(word: str, family: str = "") -> str:
    """A word as it is compared."""
    if word.isascii():
        return word.lower()
    plain = _HIDDEN.sub("", unicodedata.normalize("NFKC", word)).casefold()
    plain = unicodedata.normalize("NFKC", plain).translate(_LIGATURES)
    if family in _DROPPED:
        plain = _DROPPED[family].sub("", plain)
    return plain.translate(_UNIFIED[family]) if family in _UNIFIED else plain


@lru_cache(maxsize=512)
def word_family(lang: str) -> str:
    """The language whose rules :func:`fold_word` follows: of a member of a macrolanguage that."""
    return tags.macrolanguage(lang) or tags.primary(lang)


def _never(text: str, start: int, end: int) -> bool:  # noqa: ARG001 - one of several rules
    return False


def _cuts_han(text: str, start: int, end: int) -> bool:
    """Whether an expression that begins with one Chinese character cuts it off a longer Japanese word."""
    single = _HAN.match(text, start) and (end - start < 2 or not _HAN.match(text, start + 1))
    inside = start > 0 and _HAN.match(text, start - 1) and not text.endswith(_BEFORE_HAN, 0, start)
    return bool(single and inside)


_CUTS: Mapping[str, Callable[[str, int, int], bool]] = {"ja": _cuts_han}

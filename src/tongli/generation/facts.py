"""The facts of a text that an answer may repeat but never change: numbers, dates, links and the like.

Digits of every script count (Arabic-Indic, Devanagari, full-width, …). The text is folded one character for
one before it is searched, so spans are exact code points of the text as given. Values are normalised so that
the same fact written another way compares equal where that is certain, and stays apart where it is not:
03/04/2025 does not say which number is the month.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, cast

from tongli.core import Span
from tongli.generation.fact_patterns import NUMBER, announced, announced_behind, fact_pattern
from tongli.generation.fact_values import fact_value

Kind = Literal["number", "date", "url", "email", "reference", "amount", "time", "percent"]

_LOOK_BACK = 40
_LONG = 7
_TRAILING = ".,;:!?'\")]}>*_"
_PUNCTUATION = dict(zip("：／．－％＃＠＋−٪٫٬", ":/.-%#@+-%.,", strict=True))
_LETTERED = re.compile(r"[A-Za-z]{1,6}-[0-9]{2}")
"""A short reference, such as KX-77, if a word announces it."""
_UNIT = re.compile("[0-9]+[A-Za-z]{1,4}")
_MARKED = re.compile("[0-9@]|www[.]|https?://")
"""Something of which every fact holds one: most sentences hold none."""
_SHORT = 4000
"""Code points of a text whose facts are remembered: a plan and several checks ask for those of one text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One fact.

    Attributes:
        kind: what it is; telephone numbers count as references.
        text: as written, ``source[span[0]:span[1]]``.
        span: half-open range of code points.
        value: normalised form to compare by: ``1234.5``, ``2025-03-04``, ``--03-04`` (no year), ``14:30``,
            ``12.5%``, ``49.9 EUR``, ``ORD-1042``.
    """

    kind: Kind
    text: str
    span: Span
    value: str


def extract_facts(text: str) -> tuple[Fact, ...]:
    """The facts of a text in the order of their spans, which never overlap; time grows with its length.

    >>> [(fact.kind, fact.value) for fact in extract_facts("Order A-1042 cost €49,90.")]
    [('reference', 'A-1042'), ('amount', '49.9 EUR')]
    """
    return _remembered(text) if len(text) <= _SHORT else _extracted(text)


def _extracted(text: str) -> tuple[Fact, ...]:
    folded = fold(text)
    if _MARKED.search(folded) is None:
        return ()
    return tuple(
        Fact(kind=kind, text=text[start:end], span=(start, end), value=fact_value(kind, folded[start:end]))
        for kind, (start, end) in _find(folded)
    )


_remembered = lru_cache(maxsize=16)(_extracted)


def fold(text: str) -> str:
    """The text with digits, full-width letters and numeric punctuation in ASCII, of the same length.

    >>> fold("注文番号：Ａ１２３")
    '注文番号:A123'
    """
    return text if text.isascii() else "".join(map(_fold_char, text))


def _fold_char(char: str) -> str:
    if char.isascii():
        return char
    if char in _PUNCTUATION:
        return _PUNCTUATION[char]
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    wide = "\uff21" <= char <= "\uff3a" or "\uff41" <= char <= "\uff5a"
    return chr(ord(char) - 0xFEE0) if wide else char


def _find(folded: str) -> Iterator[tuple[Kind, Span]]:
    for found in fact_pattern().finditer(folded):
        kind, (start, end) = found.lastgroup, found.span()
        if kind == "url":
            yield "url", (start, start + len(found[0].rstrip(_TRAILING)))
        elif kind in ("token", "number"):
            yield from _judge(folded, start, end)
        else:
            yield cast("Kind", kind), (start, end)


def _judge(folded: str, start: int, end: int) -> Iterator[tuple[Kind, Span]]:
    """A reference, or the numbers in a word such as ``10kg``."""
    word = folded[start:end]
    if _is_reference(word) or (
        (_may_be_reference(word) or _LETTERED.fullmatch(word)) and _is_announced(folded, start, end)
    ):
        yield "reference", (start, end)
        return
    for number in NUMBER.finditer(folded, start, end):
        yield "number", number.span()


def _is_reference(word: str) -> bool:
    """Whether a word is a reference without being announced as one."""
    digits = sum(char.isdigit() for char in word)
    if not _may_be_reference(word) or _UNIT.fullmatch(word):
        return False
    if word.isdigit() or word.replace("-", "").isdigit():
        return digits >= _LONG
    mixed = any(char.isupper() or char in "-_" for char in word)
    return digits >= (3 if mixed else 4) and len(word) >= 5


def _may_be_reference(word: str) -> bool:
    return sum(char.isdigit() for char in word) >= 3 and all(char.isalnum() or char in "-_" for char in word)


def _is_announced(folded: str, start: int, end: int) -> bool:
    before = announced().search(folded[max(0, start - _LOOK_BACK) : start])
    return before is not None or announced_behind().match(folded, end) is not None

"""What a tagger decides on: one word or mark or, in scripts without spaces, one character.

The states of an encoder's middle layers know what a word means better than how it is written, and endings
carry formality. So each unit also has *forms*, hashed: itself, its word, the word's ends, its neighbours.

References:
    Weinberger et al. (2009), "Feature hashing for large scale multitask learning", ICML.
"""

from __future__ import annotations

import zlib
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import regex
from numpy.typing import NDArray

from tongli.core import FloatArray
from tongli.core.reading import Span

ROWS = 8192
"""Rows of the table of hashed forms; row 0 stands for nothing."""

FORMS = 7
"""Forms of a unit."""

_END = 3
_UNSPACED = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}ー]"
_CHARACTER = regex.compile(_UNSPACED, regex.V1)
_WORD = regex.compile(rf"[[\p{{L}}\p{{M}}\p{{N}}'’]--{_UNSPACED}]+", regex.V1)
_LETTER = regex.compile(rf"[[\p{{L}}\p{{M}}\p{{N}}]--{_UNSPACED}]", regex.V1)
_GRAPHEME = regex.compile(r"\X", regex.V1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Units:
    """Units of one text.

    Attributes:
        spans: code points of each, in order, without blanks around it; none overlap.
        tokens: shape ``(units,)``, the first token of each; a token that is cut belongs to several units.
        forms: shape ``(units, FORMS)``, rows of the table of hashed forms.
    """

    spans: tuple[Span, ...]
    tokens: NDArray[np.intp]
    forms: NDArray[np.int64]


def units_of(text: str, tokens: Sequence[Span]) -> Units:
    """Cut a text into units.

    Args:
        text: as written.
        tokens: places of the encoder's tokens, in order.
    """
    graphemes = [match.start() for match in _GRAPHEME.finditer(text)] + [len(text)]
    starts, owners = _starts(text, tokens, frozenset(graphemes))
    ends = [*starts[1:], graphemes[bisect_left(graphemes, tokens[-1][1])] if tokens else 0]
    spans = tuple(
        (start, start + len(text[start:end].rstrip())) for start, end in zip(starts, ends, strict=False)
    )
    return Units(spans=spans, tokens=np.array(owners, np.intp), forms=_forms(text, spans))


def _starts(text: str, tokens: Sequence[Span], graphemes: frozenset[int]) -> tuple[list[int], list[int]]:
    """Where units start, and the token of each."""
    starts: list[int] = []
    owners: list[int] = []
    for owner, (low, high) in enumerate(tokens):
        for place in range(low, high):
            if place in graphemes and _begins(text, place, token=place == low):
                starts.append(place)
                owners.append(owner)
    return starts, owners


def _begins(text: str, place: int, *, token: bool) -> bool:
    """Whether a unit may begin at a place; ``token`` tells that a token does."""
    if text[place].isspace():
        return False
    if _CHARACTER.match(text, place) or (place and _CHARACTER.match(text, place - 1)):
        return True
    inside = place and _LETTER.match(text, place - 1) and _LETTER.match(text, place)
    return token and not inside


def pooled(states: FloatArray, units: Units) -> FloatArray:
    """Mean state of the tokens of each unit: ``(tokens, hidden)`` → ``(units, hidden)``."""
    first = units.tokens
    behind = np.maximum(first + 1, np.append(first[1:], len(states)))
    sums = np.concatenate([np.zeros((1, states.shape[1])), np.cumsum(states, axis=0, dtype=np.float64)])
    return np.asarray((sums[behind] - sums[first]) / (behind - first)[:, None], np.float32)


def _forms(text: str, spans: Sequence[Span]) -> NDArray[np.int64]:
    """Hashed forms, ``(units, FORMS)``."""
    low = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    words = {place: match.span() for match in _WORD.finditer(low) for place in range(*match.span())}
    units = [low[start:end] for start, end in spans]
    rows = []
    for index, (start, end) in enumerate(spans):
        # Without spaces there is no word to see: two characters on either side stand in for it.
        first, last = words.get(start, (max(0, start - 2), min(len(text), end + 2)))
        word = low[first:last]
        before = units[index - 1] if index else ""
        after = units[index + 1] if index + 1 < len(units) else ""
        capital = start in words and text[first].isupper()
        shape = f"{capital:d}{start == first:d}{end == last:d}{first == 0:d}"
        rows.append(
            [
                _row(f"unit {units[index]}"),
                _row(f"word {word}"),
                _row(f"head {word[:_END]}"),
                _row(f"tail {word[-_END:]}"),
                _row(f"left {before} {units[index]}"),
                _row(f"right {units[index]} {after}"),
                _row(f"shape {shape}"),
            ]
        )
    return np.array(rows, np.int64).reshape(len(spans), FORMS)


def _row(form: str) -> int:
    return 1 + zlib.crc32(form.encode("utf-8", "surrogatepass")) % (ROWS - 1)

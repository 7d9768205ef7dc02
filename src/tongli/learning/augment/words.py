"""Replacing some words of a text and leaving everything else as it was."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from tongli.core import Span
from tongli.generation.protected import protected_spans


def chosen(spans: Sequence[Span], *, share: float, source: random.Random) -> list[Span]:
    """A random part of the spans, at least one, in order."""
    size = max(1, round(share * len(spans)))
    return sorted(source.sample(list(spans), size))


def replaced(text: str, changes: Mapping[Span, str]) -> str:
    """The text with some ranges, which must not overlap, replaced; casing of the first letter is kept."""
    for (start, end), word in sorted(changes.items(), reverse=True):
        text = text[:start] + _cased(word, like=text[start:end]) + text[end:]
    return text


def free(spans: Sequence[Span], text: str) -> list[Span]:
    """The spans that touch nothing protected."""
    taken = protected_spans(text)
    return [span for span in spans if not any(span[0] < end and start < span[1] for start, end in taken)]


def _cased(word: str, *, like: str) -> str:
    if len(like) > 1 and like.isupper():
        return word.upper()
    return word[:1].upper() + word[1:] if like[:1].isupper() else word

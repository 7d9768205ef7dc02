"""Evidence of every kind: hidden words for what the heads claim, marked forms for formality."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from tongli.core import FloatArray, IntArray, Reading, Span, Tokens
from tongli.emotion.evidence import with_evidence
from tongli.emotion.heads import Heads
from tongli.emotion.marked import with_marked


class Reads(Protocol):
    """What evidence asks of the encoder that the readings come from."""

    def read(self, texts: Sequence[str]) -> tuple[FloatArray, list[IntArray]]:
        """Encoder features ``(texts, features)`` of raw strings, and the pieces of each text."""

    def tokens(self, texts: Sequence[str]) -> list[Tokens]:
        """Token states of texts."""


def evident(
    readings: Iterable[Reading], *, words: Callable[[str], Sequence[Span]], encoder: Reads, heads: Heads
) -> list[Reading]:
    """Readings whose decided claims show what they rest on.

    Args:
        readings: what S said.
        words: cuts a text into the units that are hidden.
        encoder: the one that was read with.
        heads: those that made the claims.
    """
    return [
        with_marked(
            with_evidence(each, units=words(each.message.text), encode=encoder.read, heads=heads),
            tokens=encoder.tokens,
        )
        for each in readings
    ]

"""Marked spans → a tag a unit, as :mod:`tongli.emotion.marker_arrays` numbers them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tongli.core import Tokens
from tongli.emotion.marker_units import Units, units_of
from tongli.learning.tagging.records import Labelled, SpanRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A text ready to learn from.

    Attributes:
        record: where it comes from.
        tokens: of its text; states may be float16 to save memory.
        units: of its text.
        tags: shape ``(units,)``.
    """

    record: SpanRecord
    tokens: Tokens
    units: Units
    tags: NDArray[np.int64]


def align(record: SpanRecord, tokens: Tokens, *, labels: Sequence[str]) -> Example:
    """Tag the units of a text: a unit belongs to a span that holds at least half of it."""
    units = units_of(record.text, tokens.spans)
    tags = np.zeros(len(units.spans), np.int64)
    for span in record.spans:
        inside = [
            index for index, unit in enumerate(units.spans) if _shared(unit, span) * 2 >= unit[1] - unit[0]
        ]
        if inside:
            begin = 1 + 2 * labels.index(span[2])
            tags[inside] = begin + 1
            tags[inside[0]] = begin
    return Example(record=record, tokens=tokens, units=units, tags=tags)


def _shared(unit: tuple[int, int], span: Labelled) -> int:
    return min(unit[1], span[1]) - max(unit[0], span[0])

"""Which texts are learnt from, calibrated on and tested on, by a hash of their group: stable across runs."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from tongli.core import ConfigError
from tongli.learning.tagging.records import SpanRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """Rows of the records.

    Attributes:
        fit: to learn from.
        held_out: to calibrate on.
        test: to report on.
    """

    fit: tuple[int, ...]
    held_out: tuple[int, ...]
    test: tuple[int, ...]


def split(
    records: Sequence[SpanRecord], *, test: float, held_out: float, leave_out: Collection[str] = ()
) -> Split:
    """Split by group.

    Args:
        records: to be split.
        test, held_out: shares of the groups, in 0..1.
        leave_out: languages that are tested on only, to see how the others carry over.

    Raises:
        ConfigError: ``tag.split`` for shares that leave nothing, ``tag.language`` for one without texts.
    """
    if not 0 <= test < 1 or not 0 <= held_out < 1 or test + held_out >= 1:
        raise ConfigError(
            "tag.split",
            received=f"{test:g} to test and {held_out:g} to calibrate",
            allowed="shares of at least 0 that add up to less than 1",
            fix="Choose smaller shares.",
        )
    languages = {record.lang for record in records}
    if unknown := sorted(set(leave_out) - languages):
        raise ConfigError(
            "tag.language",
            received=", ".join(unknown),
            allowed=", ".join(sorted(languages)) or "no language",
            fix="Name languages that the texts are in.",
        )
    places = [_place(record.group or record.id) for record in records]
    learnt = [record.lang not in leave_out for record in records]
    rows = range(len(records))
    return Split(
        fit=tuple(row for row in rows if learnt[row] and places[row] >= test + held_out),
        held_out=tuple(row for row in rows if learnt[row] and test <= places[row] < test + held_out),
        test=tuple(row for row in rows if places[row] < test),
    )


def _place(group: str) -> float:
    digest = hashlib.sha256(group.encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8]) / 2**64

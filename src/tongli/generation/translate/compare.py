"""Source reading and target reading side by side: what is felt, how politely and formally, and idioms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tongli.core import Reading

_SCHEMES = (("emotion", "ekman6"), ("sentiment", None), ("politeness", None), ("formality", None))
_MARKS = ("idiom", "slang", "honorific")


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One dimension.

    Attributes:
        name: ``emotion``, ``sentiment``, ``politeness``, ``formality``, ``idiom``, ``slang``, ``honorific``.
        source, target: what was decided, the strongest first; empty where nothing was.
        shift: largest change of a calibrated score of the head, target less source; ``None`` where no head
            ran on both.
    """

    name: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    shift: float | None = None

    @property
    def same(self) -> bool:
        """Whether the same was decided, whatever its order."""
        return set(self.source) == set(self.target)

    def to_dict(self) -> dict[str, Any]:
        """The row as plain data."""
        return {
            "name": self.name,
            "source": list(self.source),
            "target": list(self.target),
            "same": self.same,
            "shift": self.shift,
        }


def compared(source: Reading, target: Reading) -> tuple[Compared, ...]:
    """The dimensions that were decided on either side, or have scores on both."""
    rows = [
        Compared(
            name=name,
            source=_decided(source, name, scheme),
            target=_decided(target, name, scheme),
            shift=_shift(source, target, scheme or name),
        )
        for name, scheme in _SCHEMES
    ]
    rows += [
        Compared(name=name, source=_decided(source, name), target=_decided(target, name)) for name in _MARKS
    ]
    return tuple(row for row in rows if row.source or row.target or row.shift is not None)


def _decided(reading: Reading, dimension: str, scheme: str | None = None) -> tuple[str, ...]:
    """Labels; of expressions, the words they stand in."""
    found = reading.decided(dimension, scheme=scheme)
    if dimension not in _MARKS:
        return tuple(dict.fromkeys(claim.label for claim in found if claim.label))
    text = reading.message.text
    return tuple(dict.fromkeys(text[slice(*claim.evidence[0].span)] for claim in found if claim.evidence))


def _shift(source: Reading, target: Reading, head: str) -> float | None:
    before, after = source.scores.get(head), target.scores.get(head)
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        return max((after[name] - before[name] for name in before if name in after), key=abs, default=None)
    if isinstance(before, Mapping) or isinstance(after, Mapping) or before is None or after is None:
        return None
    return after - before

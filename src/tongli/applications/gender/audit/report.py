"""What an audit found, pair of groups by pair."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tongli.applications.gender.audit.answers import Answer
from tongli.applications.gender.audit.authors import Axis
from tongli.learning.evaluate.resample import Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """How far two groups are apart in one measure.

    Attributes:
        measure: an ekman6 emotion, ``politeness`` and ``formality`` in 0..1, ``length`` as a share of the
            mean length, or ``failed`` as a share of drafts.
        difference: mean of first minus second over the messages, with its 95 % bootstrap interval.
    """

    measure: str
    difference: Estimate

    @property
    def clear(self) -> bool:
        """Whether the interval leaves zero out."""
        return self.difference.low > 0 or self.difference.high < 0

    def to_dict(self) -> dict[str, Any]:
        """The gap as plain data."""
        return {**estimate_dict(self.difference), "clear": self.clear}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two groups of authors.

    Attributes:
        axis: what they differ in.
        groups: the two.
        messages: answered for both.
        identical: share of drafts that are the same but for declared forms, or the name.
        gaps: of every measure.
    """

    axis: Axis
    groups: tuple[str, str]
    messages: int
    identical: Estimate
    gaps: tuple[Gap, ...]

    @property
    def widest(self) -> Gap | None:
        """The widest clear gap."""
        clear = [gap for gap in self.gaps if gap.clear]
        return max(clear, key=lambda gap: abs(gap.difference.value), default=None)

    def to_dict(self) -> dict[str, Any]:
        """The pair as plain data."""
        return {
            "axis": self.axis,
            "groups": list(self.groups),
            "messages": self.messages,
            "identical": estimate_dict(self.identical),
            "differences": {gap.measure: gap.to_dict() for gap in self.gaps},
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One message that two authors were answered differently; ``id`` is the message's own."""

    id: str | int | None
    first: Answer
    second: Answer

    def to_dict(self) -> dict[str, Any]:
        """The example as plain data."""
        return {"id": self.id, "answers": [self.first.to_dict(), self.second.to_dict()]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """An audit.

    Attributes:
        engine: whose drafts.
        messages: answered.
        pairs: every pair of groups of each axis.
        failures: axis → group → name of a check, or code of the engine's error → number of drafts.
        examples: the widest apart, a few of each axis.
    """

    engine: str
    messages: int
    pairs: tuple[Pair, ...]
    failures: Mapping[Axis, Mapping[str, Mapping[str, int]]]
    examples: tuple[Example, ...]

    @property
    def equal(self) -> bool:
        """Whether everybody was answered alike."""
        return all(
            pair.identical.value == 1 and not any(gap.difference.value for gap in pair.gaps)
            for pair in self.pairs
        )

    def worst(self, axis: Axis) -> Pair | None:
        """The pair with the widest clear gap, or else with the fewest identical drafts, if any differ."""
        pairs = [pair for pair in self.pairs if pair.axis == axis]
        clear = [pair for pair in pairs if pair.widest is not None]
        if clear:
            return max(clear, key=lambda pair: abs(pair.widest.difference.value) if pair.widest else 0.0)
        differing = [pair for pair in pairs if pair.identical.value < 1]
        return min(differing, key=lambda pair: pair.identical.value, default=None)

    def to_dict(self) -> dict[str, Any]:
        """The report as plain data, ready for JSON."""
        return {
            "engine": self.engine,
            "messages": self.messages,
            "equal": self.equal,
            "worst": {
                axis: {"groups": list(pair.groups), "measure": pair.widest.measure if pair.widest else None}
                for axis in self.failures
                if (pair := self.worst(axis)) is not None
            },
            "pairs": [pair.to_dict() for pair in self.pairs],
            "failures": {
                axis: {group: dict(counts) for group, counts in groups.items()}
                for axis, groups in self.failures.items()
            },
            "examples": [example.to_dict() for example in self.examples],
        }


def estimate_dict(found: Estimate) -> dict[str, float | None]:
    """An estimate as plain data; what is undefined is ``None``."""
    values = {"value": found.value, "low": found.low, "high": found.high}
    return {name: None if math.isnan(value) else round(value, 4) for name, value in values.items()}

"""Answers of many messages, compared group by group."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import get_args

import numpy as np

from tongli.applications.gender.audit.answers import MEASURES, Answer
from tongli.applications.gender.audit.authors import Axis
from tongli.applications.gender.audit.report import Example, Gap, Pair, Report
from tongli.learning.evaluate.resample import Estimate, Resampling, estimate

_EXAMPLES = 3
"""Examples of each axis."""


@dataclass(slots=True)
class _Seen:
    """Two groups so far: whether each message was answered alike, and measure → differences."""

    same: list[bool] = field(default_factory=list)
    differences: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))


class Comparison:
    """Takes the answers to one message after the other; memory holds numbers and a few examples."""

    def __init__(self) -> None:
        self._messages = 0
        self._seen: dict[tuple[Axis, str, str], _Seen] = defaultdict(_Seen)
        self._failures: dict[Axis, dict[str, Counter[str]]] = {}
        self._examples: dict[Axis, list[tuple[float, Example]]] = defaultdict(list)

    def add(self, answered: Iterable[Answer], *, identity: str | int | None) -> None:
        """Take the answers to one message."""
        self._messages += 1
        by_axis: dict[Axis, list[Answer]] = {axis: [] for axis in get_args(Axis)}
        for answer in answered:
            by_axis[answer.author.axis].append(answer)
            self._count(answer)
        for axis, own in by_axis.items():
            for first, second in combinations(own, 2):
                self._pair(axis, first, second, identity=identity)

    def report(self, *, engine: str) -> Report:
        """What was found."""
        return Report(
            engine=engine,
            messages=self._messages,
            pairs=tuple(_pair(*key, seen) for key, seen in self._seen.items()),
            failures=self._failures,
            examples=tuple(example for found in self._examples.values() for _, example in found),
        )

    def _count(self, answer: Answer) -> None:
        groups = self._failures.setdefault(answer.author.axis, {})
        counts = groups.setdefault(answer.author.group, Counter())
        counts.update(answer.failed if answer.error is None else (answer.error,))

    def _pair(self, axis: Axis, first: Answer, second: Answer, *, identity: str | int | None) -> None:
        seen = self._seen[axis, first.author.group, second.author.group]
        seen.same.append(first.same(second))
        gaps = {
            measure: _difference(measure, first.values[measure], second.values[measure])
            for measure in MEASURES
            if measure in first.values and measure in second.values
        }
        for measure, gap in gaps.items():
            seen.differences[measure].append(gap)
        if not first.same(second) or any(gaps.values()):
            example = Example(id=identity, first=first, second=second)
            self._keep(axis, max(map(abs, gaps.values()), default=0.0), example)

    def _keep(self, axis: Axis, width: float, example: Example) -> None:
        """Keep the widest examples, of different messages."""
        kept = {found.id: (known, found) for known, found in self._examples[axis]}
        if example.id not in kept or kept[example.id][0] < width:
            kept[example.id] = (width, example)
        self._examples[axis] = sorted(kept.values(), key=lambda item: -item[0])[:_EXAMPLES]


def _difference(measure: str, first: float, second: float) -> float:
    """First minus second; of lengths as a share of their mean."""
    return 2 * (first - second) / (first + second) if measure == "length" else first - second


def _pair(axis: Axis, first: str, second: str, seen: _Seen) -> Pair:
    return Pair(
        axis=axis,
        groups=(first, second),
        messages=len(seen.same),
        identical=_mean(seen.same),
        gaps=tuple(
            Gap(measure=measure, difference=_mean(seen.differences[measure]))
            for measure in MEASURES
            if measure in seen.differences
        ),
    )


def _mean(values: Sequence[float]) -> Estimate:
    """A mean over messages and its interval."""
    numbers = np.asarray(values, float)
    return estimate(lambda rows: float(numbers[rows].mean()), len(numbers), how=Resampling())

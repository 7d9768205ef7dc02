"""How sure a figure is, and whether two models differ: resampling of records.

References:
    Efron and Tibshirani (1993), "An introduction to the bootstrap", chapter 13 (percentile intervals).
    Koehn (2004), "Statistical significance tests for machine translation evaluation", EMNLP.
    Noreen (1989), "Computer-intensive methods for testing hypotheses" (approximate randomisation).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tongli.learning.evaluate.measures import Measure
from tongli.learning.evaluate.sheet import Rows, Sheet

Statistic = Callable[[Rows], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resampling:
    """How to resample: number of draws, share of them within an interval, seed."""

    draws: int = 1000
    confidence: float = 0.95
    seed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A figure with the bounds of its interval, all nan when undefined."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One model against another on the same records.

    Attributes:
        delta: first minus second, with its bootstrap interval.
        bootstrap_p: two-sided, paired bootstrap.
        randomisation_p: two-sided, approximate randomisation.
    """

    delta: Estimate
    bootstrap_p: float
    randomisation_p: float


def estimate(statistic: Statistic, size: int, *, how: Resampling) -> Estimate:
    """A statistic of row indices and its percentile bootstrap interval over ``size`` rows."""
    return _estimate(statistic(np.arange(size)), _draw(statistic, size, how=how), how=how)


def compare(measure: Measure, first: Sheet, second: Sheet, *, how: Resampling) -> Difference:
    """Difference of a measure between two models' sheets of the same records, and its significance."""

    def gap(rows: Rows) -> float:
        return measure(first.take(rows)) - measure(second.take(rows))

    observed, draws = gap(np.arange(len(first))), _draw(gap, len(first), how=how)
    return Difference(
        delta=_estimate(observed, draws, how=how),
        bootstrap_p=_bootstrap_p(draws),
        randomisation_p=_randomisation_p(measure, first, second, observed=observed, how=how),
    )


def _draw(statistic: Statistic, size: int, *, how: Resampling) -> list[float]:
    """The statistic of each resample; those where it is undefined are left out."""
    source = np.random.default_rng(how.seed)
    found = [statistic(source.integers(size, size=size)) for _ in range(how.draws)] if size else []
    return [figure for figure in found if not np.isnan(figure)]


def _estimate(value: float, draws: list[float], *, how: Resampling) -> Estimate:
    if not draws:
        return Estimate(value=value, low=np.nan, high=np.nan)
    tail = (1 - how.confidence) / 2
    low, high = np.quantile(draws, [tail, 1 - tail])
    return Estimate(value=value, low=float(low), high=float(high))


def _bootstrap_p(draws: list[float]) -> float:
    if not draws:
        return np.nan
    values = np.asarray(draws)
    beaten = min(int((values <= 0).sum()), int((values >= 0).sum()))
    return min(1.0, 2 * (beaten + 1) / (len(values) + 1))


def _randomisation_p(
    measure: Measure, first: Sheet, second: Sheet, *, observed: float, how: Resampling
) -> float:
    """Share of random exchanges of the two models' outputs with a gap at least as wide."""
    if np.isnan(observed) or not how.draws:
        return np.nan
    source = np.random.default_rng(how.seed)
    wide = 0
    for _ in range(how.draws):
        exchanged = source.random(len(first)) < 0.5
        gap = measure(_mixed(first, second, exchanged)) - measure(_mixed(second, first, exchanged))
        wide += abs(gap) >= abs(observed) - 1e-12
    return (wide + 1) / (how.draws + 1)


def _mixed(kept: Sheet, other: Sheet, exchanged: np.typing.NDArray[np.bool_]) -> Sheet:
    rows = exchanged[:, None]
    return Sheet(
        scheme=kept.scheme,
        labels=kept.labels,
        values=np.where(rows, other.values, kept.values),
        decided=np.where(rows, other.decided, kept.decided),
        abstained=np.where(exchanged, other.abstained, kept.abstained),
        targets=kept.targets,
        truth=kept.truth,
    )

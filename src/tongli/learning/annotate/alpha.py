"""Krippendorff's alpha: agreement corrected for chance, for any number of annotators and missing values.

References:
    Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", University of Pennsylvania.
    Efron and Tibshirani (1993), "An Introduction to the Bootstrap" (percentile interval).
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

Metric = Literal["nominal", "ordinal", "interval"]
Ratings = NDArray[np.float64]
"""Shape ``(annotators, units)``, nan where an annotator did not judge a unit."""


def alpha(ratings: Ratings, *, metric: Metric) -> float:
    """1 for perfect agreement, 0 for chance, below 0 for systematic disagreement.

    Args:
        ratings: shape ``(annotators, units)``, nan where missing.
        metric: of the values.

    Returns:
        nan where alpha is undefined: no unit has two ratings, or all of them are the same value.
    """
    values, counts = _counts(ratings)
    return _alpha(values, counts, metric=metric)


def interval(
    ratings: Ratings, *, metric: Metric, draws: int = 1000, level: float = 0.95, seed: int = 0
) -> tuple[float, float]:
    """Percentile bootstrap interval of alpha over units; ``(nan, nan)`` where alpha is undefined.

    Args:
        ratings, metric: as in :func:`alpha`.
        draws: resamples of the units, at least 1; those in which alpha is undefined are left out.
        level: share of the resamples inside, in 0..1.
        seed: of the resampling.
    """
    values, counts = _counts(ratings)
    if np.isnan(_alpha(values, counts, metric=metric)):
        return (np.nan, np.nan)
    random = np.random.default_rng(seed)
    units = len(counts)
    found = [_alpha(values, counts[random.integers(units, size=units)], metric=metric) for _ in range(draws)]
    if np.isnan(found).all():
        return (np.nan, np.nan)
    low, high = np.nanquantile(found, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def _counts(ratings: Ratings) -> tuple[Ratings, Ratings]:
    """Distinct values ``(v,)``, and how often each unit with two ratings or more got them ``(units, v)``."""
    paired = ratings[:, (~np.isnan(ratings)).sum(axis=0) >= 2]
    values = np.unique(paired[~np.isnan(paired)])
    return values, (paired[:, :, None] == values).sum(axis=0, dtype=np.float64)


def _alpha(values: Ratings, counts: Ratings, *, metric: Metric) -> float:
    pairable = counts.sum(axis=1)
    coincidences = (counts / (pairable - 1)[:, None]).T @ counts
    coincidences -= np.diag((counts / (pairable - 1)[:, None]).sum(axis=0))
    marginals = coincidences.sum(axis=0)
    distances = _distances(values, marginals, metric=metric)
    expected = marginals @ distances @ marginals
    if expected == 0:
        return float("nan")
    return float(1 - (marginals.sum() - 1) * (coincidences * distances).sum() / expected)


def _distances(values: Ratings, marginals: Ratings, *, metric: Metric) -> Ratings:
    """Squared differences ``(v, v)``."""
    if metric == "nominal":
        return 1 - np.eye(len(values))
    # Ordinal: how many values lie between two ranks, each end counting half.
    places = values if metric == "interval" else np.cumsum(marginals) - marginals / 2
    return np.asarray((places[:, None] - places) ** 2, np.float64)

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tongli.learning.annotate.alpha import alpha, interval

_ = np.nan

# Krippendorff (2011), examples A and C, and the example of the encyclopaedia article on the measure.
BINARY = np.array([[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]], float)
FOUR = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
        [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
    ]
)
THREE = np.array(
    [
        [_, _, _, _, _, 3, 4, 1, 2, 1, 1, 3, 3, _, 3],
        [1, _, 2, 1, 3, 3, 4, 3, _, _, _, _, _, _, _],
        [_, _, 2, 1, 3, 4, 4, _, 2, 1, 1, 3, 3, _, 4],
    ]
)
CODINGS = arrays(
    float, st.tuples(st.integers(2, 4), st.integers(1, 8)), elements=st.sampled_from([0.0, 1.0, 2.0, _])
)


def test_two_observers_by_hand():
    # 4 of 10 units differ; 14 zeros and 6 ones: 1 - 19 * 4 / (14 * 6).
    assert alpha(BINARY, metric="nominal") == pytest.approx(1 - 19 * 4 / (14 * 6))


@pytest.mark.parametrize(
    ("ratings", "metric", "expected"),
    [
        (FOUR, "nominal", 0.743),
        (FOUR, "ordinal", 0.815),
        (FOUR, "interval", 0.849),
        (THREE, "nominal", 0.691),
        (THREE, "interval", 0.811),
    ],
)
def test_published_examples(ratings, metric, expected):
    assert alpha(ratings, metric=metric) == pytest.approx(expected, abs=5e-4)


def brute(ratings, metric):
    """The definition, pair by pair: observed over expected disagreement."""
    units = [column[~np.isnan(column)].tolist() for column in ratings.T]
    units = [unit for unit in units if len(unit) >= 2]
    pool = [value for unit in units for value in unit]

    def distance(a, b):
        if metric == "nominal":
            return float(a != b)
        if metric == "interval":
            return (a - b) ** 2
        low, high = sorted((a, b))
        between = sum(low <= value <= high for value in pool)
        return (between - (pool.count(a) + pool.count(b)) / 2) ** 2

    observed = sum(
        distance(unit[i], unit[j]) / (len(unit) - 1)
        for unit in units
        for i in range(len(unit))
        for j in range(len(unit))
        if i != j
    )
    expected = sum(distance(a, b) for a in pool for b in pool)
    if expected == 0:
        return np.nan
    return 1 - observed * (len(pool) - 1) / expected


@given(CODINGS, st.sampled_from(["nominal", "ordinal", "interval"]))
def test_it_is_the_definition(ratings, metric):
    assert alpha(ratings, metric=metric) == pytest.approx(brute(ratings, metric), nan_ok=True)


@given(CODINGS, st.randoms())
def test_the_order_of_annotators_and_units_means_nothing(ratings, random):
    rows, columns = list(range(len(ratings))), list(range(ratings.shape[1]))
    random.shuffle(rows)
    random.shuffle(columns)
    shuffled = alpha(ratings[rows][:, columns], metric="ordinal")
    assert shuffled == pytest.approx(alpha(ratings, metric="ordinal"), nan_ok=True)


@pytest.mark.parametrize("ratings", [np.ones((2, 5)), np.full((2, 3), _), np.array([[1, _], [_, 2.0]])])
def test_undefined(ratings):
    assert np.isnan(alpha(ratings, metric="nominal"))
    assert np.isnan(interval(ratings, metric="nominal", draws=5)).all()


def test_the_interval_holds_alpha_narrows_with_data_and_repeats():
    low, high = interval(FOUR, metric="interval", draws=300)
    many = interval(np.tile(FOUR, (1, 20)), metric="interval", draws=300)
    assert low < alpha(FOUR, metric="interval") < high <= 1
    assert many[1] - many[0] < (high - low) / 2
    assert interval(FOUR, metric="interval", draws=300) == (low, high)

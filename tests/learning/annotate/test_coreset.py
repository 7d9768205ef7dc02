from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tongli.learning.annotate.coreset import k_center_greedy, standardise

POINTS = arrays(np.float32, (7, 2), elements=st.integers(-9, 9).map(float))


def radius(points, chosen):
    distances = np.linalg.norm(points[:, None] - points[list(chosen)], axis=2)
    return distances.min(axis=1).max()


@given(POINTS, st.integers(1, 4))
def test_at_most_twice_the_best_radius(points, count):
    best = min(radius(points, chosen) for chosen in combinations(range(7), count))
    assert radius(points, k_center_greedy(points, count)) <= 2 * best + 1e-3


@given(POINTS, st.integers(0, 10))
def test_distinct_and_as_many_as_there_are(points, count):
    chosen = k_center_greedy(points, count)
    assert len(chosen) == len(set(chosen)) == min(count, 7)


def test_each_choice_is_the_farthest():
    points = np.array([[0.0], [1.0], [10.0], [4.0]], np.float32)
    # The mean is 3.75; then 10 is farthest from 4, then 0.
    assert k_center_greedy(points, 3) == [3, 2, 0]
    assert k_center_greedy(points, 2, centres=np.array([[10.0]], np.float32)) == [0, 3]


def test_what_is_labelled_is_covered():
    points = np.array([[0.0], [5.0], [9.0]], np.float32)
    assert k_center_greedy(points, 1, centres=points[[0, 2]]) == [1]
    assert k_center_greedy(points, 1, centres=np.empty((0, 1), np.float32)) == [1]


def test_no_dimension_rules():
    scaled = standardise(np.array([[1000.0, 0.1, 5.0], [3000.0, 0.3, 5.0]], np.float32))
    np.testing.assert_allclose(scaled, [[-1, -1, 0], [1, 1, 0]], atol=1e-4)

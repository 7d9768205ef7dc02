import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tongli.learning.data.record import Record
from tongli.learning.evaluate.measures import MEASURES
from tongli.learning.evaluate.resample import Resampling, compare, estimate
from tongli.learning.evaluate.sheet import make_sheet

ACCURACY = MEASURES["binary"]["accuracy"]
SOURCE = np.random.default_rng(5)


def sheet(goal, value):
    return make_sheet(
        "formality",
        [Record(id="x", text="x", labels={"formality": {"formal": float(one)}}) for one in goal],
        [{"scores": {"formality": float(one)}, "claims": []} for one in value],
    )


def test_the_interval_of_a_mean_agrees_with_scipy():
    data = SOURCE.normal(size=200)
    found = estimate(lambda rows: float(data[rows].mean()), 200, how=Resampling(draws=4000))
    expected = stats.bootstrap((data,), np.mean, method="percentile", n_resamples=4000, rng=1)
    assert found.value == pytest.approx(data.mean())
    assert (found.low, found.high) == pytest.approx(expected.confidence_interval, abs=0.02)


@settings(max_examples=25)
@given(st.integers(1, 30), st.floats(0.5, 0.99))
def test_bounds_are_ordered_and_repeatable(size, confidence):
    how = Resampling(draws=50, confidence=confidence, seed=3)
    found = estimate(lambda rows: float(rows.mean()), size, how=how)
    assert found.low <= found.high
    assert found == estimate(lambda rows: float(rows.mean()), size, how=how)


@pytest.mark.parametrize("size", [0, 5])
def test_an_undefined_figure_has_no_interval(size):
    found = estimate(lambda rows: np.nan, size, how=Resampling(draws=10))
    assert np.isnan([found.value, found.low, found.high]).all()


def test_a_clear_difference():
    goal = np.arange(100) % 2
    good, bad = sheet(goal, goal * 0.9), sheet(goal, np.where(np.arange(100) < 30, 1 - goal, goal))
    found = compare(ACCURACY, good, bad, how=Resampling(draws=300))
    assert found.delta.value == pytest.approx(0.3)
    assert found.delta.low > 0.15
    assert found.bootstrap_p < 0.01
    assert found.randomisation_p < 0.01
    back = compare(ACCURACY, bad, good, how=Resampling(draws=300))
    assert back.delta.value == pytest.approx(-0.3)
    assert back.bootstrap_p < 0.01


def test_no_difference():
    goal = np.arange(60) % 2
    one = sheet(goal, goal)
    found = compare(ACCURACY, one, one, how=Resampling(draws=50))
    assert found.delta.value == 0
    assert found.bootstrap_p == 1
    assert found.randomisation_p == 1


def test_chance_is_seldom_significant():
    """Two coins against the same truth: about one pair in twenty falls below 0.05."""
    low = 0
    for _ in range(40):
        goal, first, second = SOURCE.integers(0, 2, (3, 80))
        low += (
            compare(
                ACCURACY, sheet(goal, first), sheet(goal, second), how=Resampling(draws=99)
            ).randomisation_p
            < 0.05
        )
    assert low <= 7


def test_randomisation_agrees_with_the_exact_test():
    """Paired accuracies: the exact answer is the sign test over the texts on which the two differ."""
    goal = np.ones(40)
    first, second = goal.copy(), goal.copy()
    first[:3], second[5:16] = 0, 0
    found = compare(ACCURACY, sheet(goal, first), sheet(goal, second), how=Resampling(draws=4000))
    assert found.randomisation_p == pytest.approx(stats.binomtest(3, 14).pvalue, abs=0.015)

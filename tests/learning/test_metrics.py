from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from sklearn.metrics import f1_score

from tongli.learning.metrics import by_language, expected_calibration_error, f1, macro_f1, pearson

NAN = np.nan


@given(hnp.arrays(bool, 30), hnp.arrays(bool, 30))
def test_f1_equals_scikit_learn(decided, truth):
    assert f1(decided, truth.astype(np.float32)) == pytest.approx(
        f1_score(truth, decided, zero_division=0), abs=1e-9
    )


def test_unknown_targets_and_unannotated_labels_do_not_count():
    targets = np.array([[1, NAN, NAN], [0, 1, NAN], [1, 0, NAN]], np.float32)
    decided = np.array([[1, 1, 1], [0, 1, 1], [0, 0, 1]], bool)
    assert macro_f1(decided, targets) == pytest.approx((2 / 3 + 1) / 2)


def test_calibration_error_by_hand():
    values = np.array([[0.9, 0.9, 0.1, 0.1]], np.float32).T
    targets = np.array([[1, 0, 0, 0]], np.float32).T
    assert expected_calibration_error(values, targets, bins=2) == pytest.approx(0.4 / 2 + 0.1 / 2, abs=1e-6)


@given(st.integers(0, 50))
def test_honest_probabilities_have_a_small_calibration_error(seed):
    random = np.random.default_rng(seed)
    values = random.random((4000, 1)).astype(np.float32)
    targets = (random.random((4000, 1)) < values).astype(np.float32)
    assert expected_calibration_error(values, targets) < 0.06


def test_pearson_of_a_constant_is_zero():
    assert pearson(np.ones(4, np.float32), np.arange(4, dtype=np.float32)) == 0
    assert pearson(np.arange(4, dtype=np.float32), np.arange(4, dtype=np.float32) * 2) == pytest.approx(1)


def test_languages_are_measured_apart():
    found = by_language(lambda rows: float(rows.sum()), ["b", "a", "b"])
    assert found == {"a": 1.0, "b": 2.0}

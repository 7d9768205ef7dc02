from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis.extra.numpy import arrays

from tongli.emotion.face.calibration import ACCURACY, DECIDE_FROM, FACE_LABELS, decided, probabilities
from tongli.knowledge.schemes import EKMAN6


def test_labels_are_ekman6_and_neutral():
    assert (*EKMAN6, "neutral") == FACE_LABELS


@given(arrays(np.float32, (3, 7), elements={"min_value": -50, "max_value": 50, "allow_nan": False}))
def test_probabilities_promise_no_more_than_the_model_keeps(logits):
    found = probabilities(logits)
    assert found.sum(axis=1) == pytest.approx(1, abs=1e-5)
    assert found.min() > 0
    assert found.max() <= ACCURACY + 1e-6
    order = np.argsort(logits, axis=1, kind="stable")
    assert (np.diff(np.take_along_axis(found, order, axis=1), axis=1) >= 0).all()


def test_certainty_becomes_the_accuracy_and_ignorance_stays_uniform():
    sure = np.array([[0, 0, 0, 60, 0, 0, 0]], np.float32)
    assert probabilities(sure)[0, 3] == pytest.approx(ACCURACY)
    assert probabilities(np.zeros((1, 7), np.float32)) == pytest.approx(1 / 7)


def test_a_label_is_told_only_when_it_stands_out():
    scores = np.full(7, 0.1, np.float32)
    scores[4] = DECIDE_FROM
    assert decided(scores) == "sadness"
    scores[4] = DECIDE_FROM - 0.01
    assert decided(scores) is None

from __future__ import annotations

import numpy as np
import pytest

from tongli.learning.tagging.calibration import Candidates, best_threshold, platt


def candidates(raw, right, annotated=None) -> Candidates:
    right = np.asarray(right, np.float32)
    return Candidates(
        odds=np.asarray(raw, np.float32),
        right=right,
        annotated=int(right.sum()) if annotated is None else annotated,
    )


def test_overconfidence_is_mended():
    random = np.random.default_rng(0)
    truth = random.normal(0, 1.5, 4000)
    right = random.random(4000) < 1 / (1 + np.exp(-truth))
    slope, offset = platt(candidates(3 * truth + 1, right))
    assert slope == pytest.approx(1 / 3, abs=0.05)
    assert offset == pytest.approx(-1 / 3, abs=0.1)


def test_a_perfect_tagger_is_not_certain():
    slope, offset = platt(candidates([6.0] * 40, [1] * 40))
    assert 0.9 < 1 / (1 + np.exp(-(6 * slope + offset))) < 0.999


def test_too_few_spans_change_nothing():
    few = candidates([1.0, 2.0], [0, 1])
    assert platt(few) == (1.0, 0.0)
    assert best_threshold(np.array([0.6, 0.9], np.float32), few) == 0


def test_the_threshold_cuts_where_wrong_spans_begin():
    scores = np.linspace(0.02, 0.99, 50).astype(np.float32)
    found = best_threshold(scores, candidates(scores, scores > 0.4))
    assert found == pytest.approx(0.4, abs=0.03)
    assert best_threshold(scores, candidates(scores, np.ones(50))) == 0

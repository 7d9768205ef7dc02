from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.emotion.card import Calibration
from tongli.emotion.head import calibrate
from tongli.knowledge.schemes import SCHEMES
from tongli.learning.calibrate import (
    best_thresholds,
    calibrated_loss,
    centred,
    expected_thresholds,
    fit_calibration,
    fit_thresholds,
)
from tongli.learning.metrics import expected_calibration_error, f1

RANDOM = np.random.default_rng(0)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


@pytest.fixture(scope="module")
def overconfident():
    """Logits three times too large, in two languages with different base rates."""
    languages = ["en"] * 3000 + ["de"] * 3000
    shift = np.repeat([-1.0, 1.0], 3000)[:, None]
    true = RANDOM.normal(size=(6000, 6))
    targets = (RANDOM.random((6000, 6)) < sigmoid(true + shift)).astype(np.float32)
    return (3 * true).astype(np.float32), targets, languages


def test_calibration_undoes_overconfidence_and_base_rates(overconfident, make_card):
    logits, targets, languages = overconfident
    fitted = fit_calibration(logits, targets, languages=languages, scheme=SCHEMES["ekman6"])
    assert fitted.slope[0] == pytest.approx(1 / 3, abs=0.05)
    assert fitted.by_language["de"][0] - fitted.by_language["en"][0] == pytest.approx(2, abs=0.3)
    before = sigmoid(logits)
    after = calibrate(logits, card=make_card("ekman6", fitted), languages=languages)
    assert expected_calibration_error(after, targets) < 0.02
    assert expected_calibration_error(before.astype(np.float32), targets) > 0.1


def test_better_logits_leave_less_loss_whatever_their_scale(overconfident):
    logits, targets, languages = overconfident
    noisy = logits + RANDOM.normal(size=logits.shape).astype(np.float32) * 3
    left = {
        name: calibrated_loss(found, targets, languages=languages, scheme=SCHEMES["ekman6"])
        for name, found in {"same": logits, "scaled": logits / 10, "noisy": noisy}.items()
    }
    assert left["scaled"] == pytest.approx(left["same"], abs=1e-3)
    assert left["noisy"] > left["same"] + 0.02


def test_a_language_with_few_examples_stays_near_the_global_calibration(overconfident):
    logits, targets, languages = overconfident
    rare = ["fi" if index in {0, 1} else tag for index, tag in enumerate(languages)]
    fitted = fit_calibration(logits, targets, languages=rare, scheme=SCHEMES["ekman6"])
    assert max(map(abs, fitted.by_language["fi"])) < 0.3


@pytest.mark.parametrize("head", ["politeness", "sentiment"])
def test_labels_that_are_told_apart_without_an_error_keep_a_finite_slope(head):
    scheme = SCHEMES[head]
    chosen = np.arange(60) % max(2, len(scheme.labels))
    if head == "politeness":
        targets = chosen[:, None].astype(np.float32)
    else:
        targets = np.eye(3, dtype=np.float32)[chosen]
    logits = (2 * targets - 1) * 3
    found = fit_calibration(logits, targets, languages=["en"] * 60, scheme=scheme)
    assert 1 <= max(found.slope) < 6
    assert max(map(abs, found.offset)) < 6


def test_unknown_targets_are_masked(overconfident):
    logits, targets, languages = overconfident
    masked = targets.copy()
    masked[::2] = np.nan
    half = fit_calibration(logits, masked, languages=languages, scheme=SCHEMES["ekman6"])
    assert np.isfinite(half.slope).all()
    assert half.slope[0] == pytest.approx(1 / 3, abs=0.08)


def test_the_best_threshold_separates_the_classes():
    values = np.array([[0.1], [0.2], [0.6], [0.7]], np.float32)
    targets = np.array([[0], [0], [1], [1]], np.float32)
    assert 0.2 < best_thresholds(values, targets)[0] <= 0.6
    assert best_thresholds(values, np.zeros_like(targets))[0] == 0.5


@given(st.lists(st.integers(1, 99), min_size=1, max_size=40))
def test_no_other_threshold_has_a_larger_expected_f1(percent):
    values = np.array(percent, np.float32)[:, None] / 100

    def expected_f1(threshold):
        decided = values >= threshold
        return 2 * values[decided].sum() / (decided.sum() + values.sum())

    found = expected_thresholds(values, np.ones_like(values, bool))[0]
    best = max(expected_f1(threshold) for threshold in values[:, 0])
    if 0.02 < found < 0.85:
        assert expected_f1(found) == pytest.approx(best, rel=1e-5)


def test_the_threshold_is_about_half_of_the_best_f1():
    # Lipton et al. 2014, for many texts and calibrated probabilities
    values = RANDOM.beta(0.5, 2, size=(200_000, 1)).astype(np.float32)
    threshold = expected_thresholds(values, np.ones_like(values, bool))[0]
    decided = values >= threshold
    assert threshold == pytest.approx(values[decided].sum() / (decided.sum() + values.sum()), abs=0.01)


def test_few_noisy_labels_do_not_mislead_the_threshold():
    """A hundred texts of a label that is never clear: the labels themselves suggest wild thresholds."""
    values = RANDOM.beta(2, 10, size=(20_000, 1)).astype(np.float32)
    targets = (RANDOM.random(values.shape) < values).astype(np.float32)
    few = slice(0, 100)
    spread = {
        "expected": expected_thresholds(values[few], np.ones((100, 1), bool))[0],
        "searched": best_thresholds(values[few], targets[few])[0],
    }
    reached = {name: f1((values >= threshold)[:, 0], targets[:, 0]) for name, threshold in spread.items()}
    assert reached["expected"] >= reached["searched"] - 0.001


def test_labels_that_a_language_never_annotates_get_the_threshold_of_the_others():
    values = RANDOM.random((300, 6)).astype(np.float32)
    targets = np.zeros((300, 6), np.float32)
    targets[:150, 2] = np.nan
    fitted = fit_thresholds(values, targets, languages=["en"] * 150 + ["de"] * 150, scheme=SCHEMES["ekman6"])
    pooled = expected_thresholds(values[150:, 2:3], np.ones((150, 1), bool))[0]
    assert fitted.by_language["en"][2] == pytest.approx(pooled, abs=1e-3)
    targets[:, 2] = np.nan
    assert fit_thresholds(values, targets, languages=["en"] * 300, scheme=SCHEMES["ekman6"]).default[2] == 0.5


def test_only_languages_with_enough_examples_get_their_own_thresholds():
    values = RANDOM.random((300, 6)).astype(np.float32)
    targets = (values > 0.5).astype(np.float32)
    languages = ["en"] * 200 + ["de"] * 90 + ["fi"] * 10
    fitted = fit_thresholds(values, targets, languages=languages, scheme=SCHEMES["ekman6"])
    assert set(fitted.by_language) == {"en", "de"}
    assert fitted.of("fi") == fitted.default
    own = [fitted.by_language[tag] for tag in ("en", "de")]
    assert fitted.default == pytest.approx(np.quantile(own, 0.25, axis=0), abs=1e-3)


def test_single_choice_schemes_decide_above_a_fixed_confidence():
    values = np.full((3, 1), 0.5, np.float32)
    fitted = fit_thresholds(values, values, languages=["en"] * 3, scheme=SCHEMES["politeness"])
    assert fitted.default == (0.6,)


@pytest.fixture(scope="module")
def make_card():
    from tongli.emotion.card import Card, Thresholds

    def make(head, calibration):
        labels = SCHEMES[head].labels
        return Card(
            head=head,
            encoder="x",
            labels=labels,
            data=(),
            languages=("en",),
            calibration=calibration,
            thresholds=Thresholds(default=(0.5,) * len(labels)),
            doubt=0.1,
            metrics={},
        )

    return make


def test_languages_that_are_not_learnt_are_moved_to_where_the_learnt_one_lies(make_card):
    rng = np.random.default_rng(3)
    learnt = rng.normal(0.2, 1, (400, 1)).astype(np.float32)
    logits = np.concatenate([learnt, learnt - 1.5])
    languages = ["en"] * 400 + ["hu"] * 400
    card = make_card("politeness", Calibration(slope=(0.5,), offset=(0.3,)))
    values = calibrate(logits, card=centred(card, logits, languages=languages), languages=languages)
    assert values[400:] == pytest.approx(values[:400], abs=1e-4)
    assert values[:400] == pytest.approx(calibrate(learnt, card=card, languages=languages[:400]))


def test_offsets_that_were_fitted_to_labels_stay(make_card):
    fitted = Calibration(slope=(1.0,), offset=(0.0,), by_language={"hi": (0.7,)})
    card = make_card("politeness", fitted)
    logits = np.array([[0.0], [2.0]], np.float32)
    assert centred(card, logits, languages=["en", "hi"]).calibration.by_language == {"hi": (0.7,)}

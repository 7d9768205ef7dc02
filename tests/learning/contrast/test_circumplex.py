from __future__ import annotations

import numpy as np
import pytest

from tongli.knowledge.schemes import EKMAN6
from tongli.learning.contrast.circumplex import POSITIONS, correlations, fit_axes, layout, positions

LANGUAGES = ["en", "ja"] * 90


def labelled(count=180, *, seed=0):
    """Single labels, and vectors that are the positions seen through a random linear map."""
    generator = np.random.default_rng(seed)
    targets = np.eye(6, dtype=np.float32)[generator.integers(6, size=count)]
    mixing = np.linalg.qr(np.random.default_rng(42).normal(size=(5, 5)))[0][:2]
    return targets, np.asarray(positions(targets) @ mixing, np.float32)


def test_every_emotion_has_a_position_in_range():
    assert set(POSITIONS) == set(EKMAN6)
    assert np.abs(list(POSITIONS.values())).max() <= 1
    pleasant = {label for label, (valence, _) in POSITIONS.items() if valence > 0}
    calm = {label for label, (_, arousal) in POSITIONS.items() if arousal < 0}
    assert (pleasant, calm) == ({"joy", "surprise"}, {"sadness"})


def test_positions_by_hand():
    nan = np.nan
    joy, fear = EKMAN6.index("joy"), EKMAN6.index("fear")
    targets = np.zeros((4, 6), np.float32)
    targets[0, [joy, fear]] = 1
    targets[2, fear] = nan
    targets[3, [joy, fear]] = 1, nan
    found = positions(targets)
    np.testing.assert_allclose(found[0], [(0.76 - 0.64) / 2, (0.48 + 0.60) / 2], rtol=1e-6)
    np.testing.assert_array_equal(found[1], [0, 0])
    assert np.isnan(found[2]).all()
    np.testing.assert_allclose(found[3], [0.76, 0.48], rtol=1e-6)


def test_a_space_that_is_the_circumplex_correlates_and_noise_does_not():
    targets, vectors = labelled()
    axes = fit_axes(vectors, targets)
    assert axes.shape == (6, 2)
    unseen, seen = labelled(seed=1)
    found = correlations(axes, seen, unseen, languages=LANGUAGES)
    assert min(found.values()) > 0.99
    noise = np.random.default_rng(2).normal(size=seen.shape).astype(np.float32)
    found = correlations(fit_axes(noise, targets), noise[::-1], unseen, languages=LANGUAGES)
    assert max(np.abs(list(found.values()))) < 0.4
    assert np.isnan(correlations(axes, seen[:9], unseen[:9], languages=LANGUAGES[:9])["valence"])


def test_the_layout_of_the_circumplex_is_perfect_and_rare_by_chance():
    targets, vectors = labelled()
    found = layout(vectors, targets, languages=LANGUAGES)
    assert found.correlation == pytest.approx(1, abs=1e-4)
    assert found.chance == pytest.approx(1 / 720)
    swapped = targets.copy()
    swapped[:, [EKMAN6.index("joy"), EKMAN6.index("fear")]] = targets[
        :, [EKMAN6.index("fear"), EKMAN6.index("joy")]
    ]
    assert layout(vectors, swapped, languages=LANGUAGES).correlation < 0.5


def test_of_three_labels_nothing_is_said():
    targets, vectors = labelled()
    rows = targets[:, :3].any(axis=1)
    languages = [tag for tag, kept in zip(LANGUAGES, rows, strict=True) if kept]
    assert np.isnan(layout(vectors[rows], targets[rows], languages=languages).correlation)

"""A new language gets rows of its own; every other row stays."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tongli.emotion.card import load_card
from tongli.emotion.head import calibrate
from tongli.learning.continual.calibration import with_languages


@pytest.fixture
def card(tiny_settings):
    found = load_card(tiny_settings.heads / "ekman6.json")
    calibration = replace(found.calibration, by_language={"en": (0.5,) * 6, "es": (1.5,) * 6})
    return replace(found, calibration=calibration)


def given(texts, *, seed=0):
    """Logits that are three too high for the labels drawn."""
    random = np.random.default_rng(seed)
    logits = random.normal(0, 2, (texts, 6))
    targets = random.random((texts, 6)) < 1 / (1 + np.exp(-logits))
    return (logits + 3).astype(np.float32), targets.astype(np.float32)


def added(card, texts, tag):
    logits, targets = given(texts)
    return with_languages(card, logits=logits, targets=targets, languages=[tag] * texts), logits, targets


def test_offsets_and_thresholds_of_a_new_language(card):
    found, logits, targets = added(card, 2000, "sw")
    assert np.mean(found.calibration.by_language["sw"]) == pytest.approx(-3, abs=0.4)
    values = calibrate(logits, card=found, languages=["sw"] * 2000)
    assert values.mean() == pytest.approx(targets.mean(), abs=0.03)
    assert found.thresholds.by_language["sw"] != found.thresholds.default
    for tag in ("en", "es", "fr"):
        assert found.calibration.shift(tag) == card.calibration.shift(tag)
        assert found.thresholds.of(tag) == card.thresholds.of(tag)
    assert found.calibration.slope == card.calibration.slope


def test_a_dialect_starts_from_its_relative(card):
    few, many = added(card, 20, "es-MX")[0], added(card, 2000, "es-MX")[0]
    far = abs(np.mean(few.calibration.by_language["es-MX"]) - 1.5)
    assert 0 < far < abs(np.mean(many.calibration.by_language["es-MX"]) - 1.5)


def test_few_texts_known_languages_and_none_keep_the_card(card):
    assert added(card, 19, "sw")[0] == card
    assert added(card, 100, "es")[0] == card
    assert added(card, 100, "und")[0] == card
    assert "sw" not in added(card, 30, "sw")[0].thresholds.by_language


def test_heads_of_one_choice_and_of_numbers(tiny_settings):
    for head, labels in (("sentiment", 3), ("intensity", 6), ("politeness", 1)):
        card = load_card(tiny_settings.heads / f"{head}.json")
        logits = np.zeros((60, labels), np.float32)
        targets = np.zeros((60, labels), np.float32)
        targets[:, 0] = 1.0
        found = with_languages(card, logits=logits, targets=targets, languages=["sw"] * 60)
        row = found.calibration.by_language["sw"]
        assert row[0] > 0.3
        assert found.thresholds == card.thresholds

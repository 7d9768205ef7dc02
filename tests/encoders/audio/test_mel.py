"""Whisper's mel spectrum, against the one that runs Whisper."""

from __future__ import annotations

import numpy as np
import pytest

from tongli.encoders.audio.mel import mel_filters, whisper_mel


def test_filters_cover_the_range_and_have_equal_areas():
    filters = mel_filters(26, points=512, low=20.0)
    assert filters.shape == (26, 257)
    areas = filters.sum(axis=1) * 31.25
    assert np.abs(areas - 1).max() < 0.25


def test_a_tone_peaks_in_its_band():
    tone = np.sin(2 * np.pi * 1000 * np.arange(8000) / 16_000).astype(np.float32)
    mel = whisper_mel(tone)
    assert mel.shape == (50, 80)
    centre = mel_filters(80, points=400)[mel.mean(axis=0).argmax()].argmax() * 40
    assert centre == pytest.approx(1000, abs=80)


def test_it_is_the_one_of_faster_whisper():
    extractor = pytest.importorskip("faster_whisper.feature_extractor").FeatureExtractor()
    sound = np.random.default_rng(0).normal(size=9_000).astype(np.float32) * 0.1
    np.testing.assert_allclose(whisper_mel(sound), extractor(sound, padding=0).T, atol=1e-5)

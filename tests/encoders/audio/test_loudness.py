"""Loudness in decibels below full scale."""

from __future__ import annotations

import numpy as np
import pytest

from tongli.core import Waveform
from tongli.encoders.audio.loudness import FLOOR, loudness


def test_a_sine_is_three_decibels_below_its_peak():
    wave = Waveform(samples=(0.5 * np.sin(np.arange(16_000) * 0.1)).astype(np.float32))
    found = loudness(wave)
    assert found.peak == pytest.approx(-6.02, abs=0.05)
    assert found.rms == pytest.approx(-9.03, abs=0.05)
    assert found.clipped == 0


@pytest.mark.parametrize("count", [0, 100])
def test_silence_has_a_floor(count):
    found = loudness(Waveform(samples=np.zeros(count, np.float32)))
    assert (found.rms, found.peak, found.clipped) == (FLOOR, FLOOR, 0)


def test_clipping_is_seen():
    samples = np.array([1.0, -1.0, 0.2, 0.1], np.float32)
    assert loudness(Waveform(samples=samples)).clipped == 0.5

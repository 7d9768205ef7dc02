"""The set of prosody features."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongli.core import Waveform
from tongli.encoders.audio.prosody import prosody, prosody_names

RATE = 16_000


def speech_like(*, low=120.0, high=220.0, rate=4.0, seconds=1.5):
    """A gliding voice in syllables."""
    times = np.arange(int(seconds * RATE)) / RATE
    hertz = np.linspace(low, high, len(times))
    voice = sum(np.sin(k * 2 * np.pi * np.cumsum(hertz) / RATE) / k for k in range(1, 12))
    return (0.05 * voice * (0.05 + np.sin(np.pi * rate * times) ** 2)).astype(np.float32)


def features(samples):
    return dict(zip(prosody_names(), prosody(Waveform(samples=samples)).tolist(), strict=True))


def test_names_are_distinct_and_none_is_about_who_speaks():
    names = prosody_names()
    assert len(names) == len(set(names)) == 97


def test_pitch_range_and_movement():
    flat, rising = features(speech_like(low=160, high=161)), features(speech_like())
    assert flat["f0.mean"] == pytest.approx(12 * np.log2(160.5 / 27.5), abs=0.3)
    assert rising["f0.range"] > flat["f0.range"] + 3
    assert rising["f0.rising.mean"] > 3


def test_syllables_are_counted():
    slow, fast = features(speech_like(rate=2.0)), features(speech_like(rate=5.0))
    assert slow["syllables"] == pytest.approx(2, abs=0.8)
    assert fast["syllables"] == pytest.approx(5, abs=1)


def test_a_brighter_voice_has_a_flatter_spectrum():
    sound = speech_like()
    bright = np.append(sound[:1], np.diff(sound)).astype(np.float32)
    assert features(bright)["alpha_ratio.voiced.mean"] < features(sound)["alpha_ratio.voiced.mean"] - 5
    assert features(bright)["centroid.voiced.mean"] > features(sound)["centroid.voiced.mean"]


@settings(max_examples=10)
@given(st.floats(min_value=0.5, max_value=5))
def test_gain_changes_nothing(gain):
    # a room is never silent; bands that are would meet the floor of the logarithm
    room = np.random.default_rng(0).normal(size=8000) * 1e-3
    sound = (speech_like(seconds=0.5) + room).astype(np.float32)
    plain, louder = prosody(Waveform(samples=sound)), prosody(Waveform(samples=sound * np.float32(gain)))
    np.testing.assert_allclose(louder, plain, rtol=0.02, atol=0.05)


@pytest.mark.parametrize("size", [0, 1, 50, 800])
@pytest.mark.parametrize("value", [0.0, 1.0])
def test_bad_sound_never_fails(size, value):
    assert prosody(Waveform(samples=np.full(size, value, np.float32))).shape == (97,)

"""Made-up recordings."""

from __future__ import annotations

import numpy as np
import pytest

from tongli.learning.speech.vary import at_speed, varied, with_echo, with_noise, with_response

RATE = 16_000


def tone(hertz=200.0, seconds=0.5):
    return np.sin(2 * np.pi * hertz * np.arange(int(seconds * RATE)) / RATE).astype(np.float32)


def peak(samples):
    return np.abs(np.fft.rfft(samples)).argmax() * RATE / len(samples)


def test_faster_is_shorter_and_higher():
    fast = at_speed(tone(), 1.25)
    assert len(fast) == len(tone()) / 1.25
    assert peak(fast) == pytest.approx(250, abs=3)


def test_noise_is_as_far_below_as_asked():
    sound = tone()
    noise = with_noise(sound, 20.0, rng=np.random.default_rng(0)) - sound
    assert 10 * np.log10((sound**2).mean() / (noise**2).mean()) == pytest.approx(20, abs=0.1)


def test_an_echo_goes_on_after_the_sound():
    sound = np.concatenate([tone(seconds=0.2), np.zeros(4800)]).astype(np.float32)
    found = with_echo(sound, 0.5, rng=np.random.default_rng(0))
    assert len(found) == len(sound)
    assert np.abs(found[3300:4800]).mean() > 0.01


def test_a_telephone_keeps_the_middle():
    rng = np.random.default_rng(0)
    low, middle = (
        np.abs(with_response(tone(hertz), telephone=True, rng=rng)).max() for hertz in (80.0, 1000.0)
    )
    assert low < 0.1 < middle


def test_the_same_seed_makes_the_same_recording():
    first, again = (varied(tone(), rng=np.random.default_rng(3)) for _ in range(2))
    np.testing.assert_array_equal(first, again)
    assert first.dtype == np.float32
    assert np.isfinite(first).all()


@pytest.mark.parametrize(
    "samples", [np.zeros(1600, np.float32), np.ones(2, np.float32)], ids=["silence", "two samples"]
)
def test_any_sound(samples):
    for seed in range(8):
        assert np.isfinite(varied(samples, rng=np.random.default_rng(seed))).all()

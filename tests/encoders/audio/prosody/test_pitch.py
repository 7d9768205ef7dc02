"""Pitch of sounds whose pitch is known."""

from __future__ import annotations

import numpy as np
import pytest

from tongli.encoders.audio.prosody.pitch import find_pitch

RATE = 16_000


def tone(hertz, *, harmonics, seconds=0.6, gain=0.2):
    phase = 2 * np.pi * hertz * np.arange(int(seconds * RATE)) / RATE
    return (gain * sum(np.sin(k * phase) / k for k in harmonics)).astype(np.float32)


def semitones(found, hertz):
    return np.abs(12 * np.log2(found / hertz))


@pytest.mark.parametrize("hertz", [70, 110, 180, 290, 430, 600])
@pytest.mark.parametrize("harmonics", [(1,), tuple(range(1, 7))])
def test_tones(hertz, harmonics):
    pitch = find_pitch(tone(hertz, harmonics=harmonics))
    inner = pitch.hertz[5:-5]
    assert (inner > 0).all()
    assert semitones(inner, hertz).max() < 0.1
    assert pitch.harmonics_to_noise[5:-5].min() > 10


def test_a_missing_fundamental_is_heard():
    found = find_pitch(tone(150, harmonics=range(2, 9))).hertz[5:-5]
    assert semitones(found, 150).max() < 0.1


def test_a_glide_is_followed_without_jumps():
    hertz = np.linspace(120, 300, RATE)
    sound = 0.2 * sum(np.sin(k * 2 * np.pi * np.cumsum(hertz) / RATE) / k for k in range(1, 6))
    found = find_pitch(sound.astype(np.float32)).hertz[5:-5]
    assert semitones(found, hertz[800:-700:160][: len(found)]).max() < 1


def test_noise_and_silence_have_no_pitch():
    noise = np.random.default_rng(0).normal(size=RATE).astype(np.float32) * 0.1
    assert (find_pitch(noise).hertz > 0).mean() < 0.02
    silent = find_pitch(np.zeros(RATE, np.float32))
    assert not silent.hertz.any()
    assert len(silent.semitones) == 0


def test_noise_lowers_the_harmonics_to_noise_ratio():
    clean = tone(140, harmonics=range(1, 9))
    noisy = clean + np.random.default_rng(1).normal(size=len(clean)).astype(np.float32) * 0.05
    medians = [np.median(find_pitch(sound).harmonics_to_noise) for sound in (clean, noisy)]
    assert medians[0] > medians[1] + 5


@pytest.mark.parametrize("size", [0, 1, 159, 800])
def test_any_length(size):
    pitch = find_pitch(np.full(size, 0.1, np.float32))
    assert len(pitch.hertz) == 1 + size // 160

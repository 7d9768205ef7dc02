"""Formants of resonances that are known."""

from __future__ import annotations

import numpy as np

from tongli.encoders.audio.prosody.formants import find_formants

RATE = 16_000
VOWEL = ((700, 80), (1200, 90), (2600, 120))


def filtered(sound, resonances):
    for hertz, width in resonances:
        radius, angle = np.exp(-np.pi * width / RATE), 2 * np.pi * hertz / RATE
        out = np.zeros(len(sound) + 2)
        for at, value in enumerate(sound):
            out[at + 2] = value + 2 * radius * np.cos(angle) * out[at + 1] - radius**2 * out[at]
        sound = out[2:]
    return sound


def test_a_vowel():
    pulses = np.zeros(RATE // 2)
    pulses[::133] = 1
    sound = filtered(pulses, VOWEL)
    found = find_formants((0.1 * sound / np.abs(sound).max()).astype(np.float32), np.arange(10, 40))
    medians = np.nanmedian(found[:, :, 0], axis=0)
    assert np.abs(medians / [hertz for hertz, _ in VOWEL] - 1).max() < 0.08


def test_no_frames():
    assert find_formants(np.zeros(1600, np.float32), np.zeros(0, np.intp)).shape == (0, 3, 2)


def test_silence_does_not_fail():
    assert find_formants(np.zeros(1600, np.float32), np.arange(3)).shape == (3, 3, 2)

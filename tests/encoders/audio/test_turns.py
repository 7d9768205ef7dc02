"""Another voice is told from the same one, on voices made of formants."""

from __future__ import annotations

import numpy as np

from tongli.core import TranscriptWord
from tongli.encoders.audio.turns import Turns
from tongli.encoders.audio.windows import Piece, Window

RATE = 16_000


def voice(pitch, formants, *, seed, seconds=2.0):
    """Pulses through resonances, with vowels that change."""
    rng = np.random.default_rng(seed)
    at = np.arange(round(seconds * RATE)) / RATE
    sound = rng.normal(0, 1e-3, len(at))
    for number in range(1, 40):
        hertz = number * pitch
        gain = sum(np.exp(-(((hertz - formant) / 150) ** 2)) for formant in formants)
        sound += (gain + 0.01) * np.sin(2 * np.pi * hertz * at + rng.uniform(0, 6))
    return (0.1 * sound * (1 + 0.5 * np.sin(2 * np.pi * 4 * at))).astype(np.float32)


HIGH, LOW = (230.0, (900, 1700, 2900)), (110.0, (500, 1100, 2300))


def window(*voices):
    samples = np.concatenate(voices)
    seconds = len(samples) / RATE
    return Window(samples=samples, pieces=(Piece(at=0.0, times=(0.0, seconds), speech=(0.0, seconds)),))


def words(count):
    return [
        TranscriptWord(text=" so.", times=(2.0 * at, 2.0 * at + 1.8), confidence=1.0) for at in range(count)
    ]


def test_another_voice_is_a_turn_and_the_same_one_is_not():
    sound = window(voice(*HIGH, seed=1), voice(*HIGH, seed=2), voice(*LOW, seed=3), voice(*LOW, seed=4))
    assert Turns().in_window(words(4), sound) == {2}


def test_turns_are_seen_across_windows():
    turns = Turns()
    assert turns.in_window(words(1), window(voice(*HIGH, seed=1))) == set()
    assert turns.in_window(words(1), window(voice(*LOW, seed=2))) == {0}
    turns.skip(window(voice(*HIGH, seed=3)))
    assert turns.in_window(words(1), window(voice(*LOW, seed=4))) == {0}


def test_no_words_and_too_little_speech():
    assert Turns().in_window([], window(voice(*HIGH, seed=1))) == set()
    short = window(voice(*HIGH, seed=1, seconds=0.3), voice(*LOW, seed=2, seconds=0.3))
    said = [TranscriptWord(text=" a.", times=(0.3 * at, 0.3 * at + 0.2), confidence=1.0) for at in range(2)]
    assert Turns().in_window(said, short) == set()

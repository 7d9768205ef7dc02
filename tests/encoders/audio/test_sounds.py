"""Sounds that are no words: what is told of made-up ones, and what is not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongli.core import Waveform
from tongli.encoders.audio.sounds import Sounds

RATE = 16_000
RNG = np.random.default_rng(0)
TIMES = np.arange(3 * RATE) / RATE
CHORD = sum(0.05 * np.sin(2 * np.pi * hertz * TIMES) for hertz in (220, 277, 330))
HISS = 0.1 * RNG.standard_normal(len(TIMES))
SILENCE = np.zeros(len(TIMES))
VOICE = np.where(TIMES % 0.5 < 0.35, CHORD * 4, 0)
"""With dips, as every voice has them."""


class Ears:
    """A voice activity detector that is told when somebody speaks."""

    def __init__(self, *speech):
        self._speech = speech

    def listen(self):
        done = 0

        def listen(samples):
            nonlocal done
            first, done = done // 512, done + len(samples)
            middles = (np.arange(first, done // 512) + 0.5) * 512 / RATE
            return np.array(
                [float(any(a <= at < b for a, b in self._speech)) * 0.98 for at in middles], np.float32
            )

        return listen


def heard(samples, *, speech=(), words=None, block=RATE):
    sounds = Sounds(Ears(*speech))
    samples = np.asarray(samples, np.float32)
    for at in range(0, len(samples), block):
        list(sounds.passing([Waveform(samples=samples[at : at + block])]))
    return sounds.found(words)


@pytest.mark.parametrize(
    ("samples", "kind"),
    [
        (CHORD, "tones"),
        (CHORD + 0.05 * RNG.standard_normal(len(TIMES)), "tones"),
        (HISS, "noise"),
        (np.cumsum(HISS) * 0.01, "noise"),
    ],
    ids=["chord", "chord in noise", "hiss", "rumble"],
)
def test_what_is_heard_without_a_voice(samples, kind):
    (sound,) = heard(samples)
    assert sound.kind == kind
    assert sound.times == pytest.approx((0, 3), abs=0.2)
    assert sound.confidence == 1


def test_silence_and_what_is_short_or_faint_is_nothing():
    assert heard(SILENCE) == ()
    assert heard(HISS * 1e-3) == ()
    assert heard(np.concatenate([SILENCE, HISS[: RATE // 2], SILENCE])) == ()
    assert heard(np.zeros(0)) == heard(np.ones(1)) == ()


def test_sounds_between_voices_are_told_and_voices_without_words_too():
    film = np.concatenate([VOICE, SILENCE, CHORD, SILENCE, VOICE])
    speech = ((0, 3), (12, 15))
    words = [(0.1, 2.9)]
    assert [(sound.kind, round(sound.times[0])) for sound in heard(film, speech=speech, words=words)] == [
        ("tones", 6),
        ("voice", 12),
    ]
    assert [sound.kind for sound in heard(film, speech=speech)] == ["tones"], "nobody listened for words"


def test_a_background_is_no_sound():
    film = np.concatenate([SILENCE, VOICE, SILENCE]) + 0.02 * RNG.standard_normal(9 * RATE)
    assert heard(film, speech=[(3, 6)], words=[(3, 6)]) == ()


@settings(max_examples=20, deadline=None)
@given(st.sampled_from([300, 4096, RATE, 100_000]))
def test_blocks_do_not_matter(block):
    film = np.concatenate([HISS, SILENCE, CHORD])
    assert heard(film, block=block) == heard(film, block=len(film))

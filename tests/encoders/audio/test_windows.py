"""Windows of speech, with a detector that hears what is loud."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tongli.core import Waveform
from tongli.encoders.audio.windows import LONGEST, windows

RATE = 16_000


class LoudVoice:
    """Takes loud frames for speech."""

    def listen(self):
        return Loud()


class Loud:
    def __init__(self):
        self._held = np.zeros(0, np.float32)

    def __call__(self, samples):
        samples = np.concatenate([self._held, samples])
        whole = len(samples) // 512 * 512
        self._held = samples[whole:]
        return (np.abs(samples[:whole].reshape(-1, 512)).max(axis=1) > 0.1).astype(np.float32)

    def rest(self):
        left, self._held = self._held, np.zeros(0, np.float32)
        return self(np.pad(left, (0, -len(left) % 512)))


def recording(*stretches):
    """Loud and quiet seconds in turn, quiet first."""
    rng = np.random.default_rng(0)
    parts = [
        rng.normal(0, 0.3 if at % 2 else 0.001, round(seconds * RATE)) for at, seconds in enumerate(stretches)
    ]
    return np.concatenate(parts).astype(np.float32)


def cut(sound, seconds):
    step = round(seconds * RATE)
    return (Waveform(samples=sound[at : at + step]) for at in range(0, len(sound), step))


def made(sound, seconds=30.0):
    return list(windows(cut(sound, seconds), LoudVoice()))


def test_silence_has_no_windows():
    assert made(recording(20.0)) == []
    assert made(np.zeros(0, np.float32)) == []


def test_pauses_are_left_out_and_speech_keeps_its_time():
    (window,) = made(recording(2.0, 3.0, 10.0, 4.0, 5.0))
    assert [piece.speech for piece in window.pieces] == [
        (pytest.approx(2.0, abs=0.04), pytest.approx(5.0, abs=0.04)),
        (pytest.approx(15.0, abs=0.04), pytest.approx(19.0, abs=0.04)),
    ]
    assert window.waveform.seconds == pytest.approx(7 + 4 * 0.25, abs=0.1)
    assert window.piece_at(0.0) is window.pieces[0]
    assert window.piece_at(window.pieces[1].at) is window.pieces[1]


def test_speech_without_a_pause_is_cut_into_windows():
    found = made(recording(1.0, 70.0, 1.0))
    assert len(found) == 3
    spans = [piece.times for window in found for piece in window.pieces]
    assert all(after[0] == pytest.approx(before[1]) for before, after in pairwise(spans))


@example([1.75, 4.015625, 0.375, 1.0], 0.5)
@settings(max_examples=15)
@given(st.lists(st.floats(0.3, 12.0), min_size=1, max_size=8), st.sampled_from([0.5, 1.3, 7.0, 30.0]))
def test_windows_do_not_depend_on_the_blocks(stretches, seconds):
    sound = recording(*stretches)
    whole, parts = made(sound, 1000.0), made(sound, seconds)
    assert [window.pieces for window in parts] == [window.pieces for window in whole]
    for one, other in zip(parts, whole, strict=True):
        assert np.array_equal(one.samples, other.samples)
        assert one.waveform.seconds <= LONGEST + 0.1
        assert all(p.times[0] <= p.speech[0] <= p.speech[1] <= p.times[1] + 0.001 for p in one.pieces)

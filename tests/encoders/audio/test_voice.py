"""Stretches of speech from probabilities, and what the detector hears."""

from __future__ import annotations

import shutil
import subprocess

import numpy as np
import pytest

from tongli.core import Settings, Waveform
from tongli.encoders.audio.voice import Voice, times_of

FRAME = 512 / 16_000


def frames(*runs):
    return np.concatenate([np.full(count, value, np.float32) for value, count in runs])


@pytest.mark.parametrize(
    ("probabilities", "expected"),
    [
        (frames((0.1, 50)), []),
        (frames((0.1, 10), (0.9, 20), (0.1, 20)), [(10, 30)]),
        (frames((0.9, 20)), [(0, 20)]),
        (frames((0.9, 20), (0.1, 3), (0.9, 20), (0.1, 9)), [(0, 43)]),  # too short a pause
        (frames((0.1, 10), (0.9, 2), (0.1, 20)), []),  # a click
        (frames((0.9, 10), (0.4, 30), (0.1, 10)), [(0, 40)]),  # doubt does not end speech
        (frames((0.4, 30)), []),  # nor start it
        ([], []),
    ],
)
def test_stretches(probabilities, expected):
    assert np.array(times_of(probabilities)).ravel() == pytest.approx(np.array(expected).ravel() * FRAME)


@pytest.fixture(scope="module")
def voice():
    found = Voice(settings=Settings.from_env())
    found.load()
    return found


@pytest.mark.models
@pytest.mark.parametrize("kind", ["nothing", "sample", "silence", "noise", "tone", "chords"])
def test_what_is_no_speech(voice, kind):
    at = np.arange(10 * 16_000) / 16_000
    sound = {
        "nothing": np.zeros(0),
        "sample": np.ones(1),
        "silence": np.zeros(len(at)),
        "noise": np.random.default_rng(0).normal(0, 0.1, len(at)),
        "tone": 0.3 * np.sin(2 * np.pi * 440 * at),
        "chords": 0.1 * sum(np.sin(2 * np.pi * hertz * at) for hertz in (220, 277, 330)) * (at % 0.5 < 0.4),
    }[kind]
    assert voice.speech_times(Waveform(samples=sound.astype(np.float32))) == []


@pytest.mark.models
def test_blocks_give_the_same_probabilities(voice):
    sound = np.random.default_rng(1).normal(0, 0.2, 40_000).astype(np.float32)
    whole, pieces = voice.listen(), voice.listen()
    expected = np.concatenate([whole(sound), whole.rest()])
    found = [pieces(sound[start : start + 777]) for start in range(0, len(sound), 777)]
    assert np.array_equal(np.concatenate([*found, pieces.rest()]), expected)
    assert len(expected) == -(-40_000 // 512)


@pytest.mark.models
@pytest.mark.skipif(
    shutil.which("espeak-ng") is None, reason="espeak-ng is not installed (Debian: espeak-ng)"
)
def test_speech_between_silences(voice, tmp_path):
    from tongli.encoders.audio import read_audio

    path = tmp_path / "a.wav"
    subprocess.run(["espeak-ng", "-w", path, "The bridge is closed until Monday."], check=True)
    spoken = read_audio(path).samples
    sound = np.concatenate([np.zeros(32_000, np.float32), spoken, np.zeros(32_000, np.float32)])
    times = voice.speech_times(Waveform(samples=sound))
    assert times[0][0] == pytest.approx(2.0, abs=0.3)
    assert times[-1][1] == pytest.approx(2.0 + len(spoken) / 16_000, abs=0.6)

"""How segments are said, each heard by itself."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.applications.recordings.feelings import stretches, tags_of
from tongli.applications.subtitles.cue import Tag
from tongli.core import ChannelReading, TranscriptSegment, TranscriptWord, Waveform

RATE = 16_000
SOUND = np.linspace(-1, 1, 10 * RATE, dtype=np.float32)


def blocks(samples, size):
    return (Waveform(samples=samples[at : at + size]) for at in range(0, len(samples), size))


def segment(start, end):
    return TranscriptSegment(words=(TranscriptWord(text=" so", times=(start, end), confidence=0.9),))


class Voices:
    """Passes the middle of the sound on."""

    def encode(self, sound):
        return float(sound.samples.mean())


class Moods:
    """Angry in the first third, sure of nothing in the second, neutral in the last."""

    def read(self, level):
        scores = {"angry": 0.9, "neutral": 0.1}
        label = "angry" if level < -0.3 else None if level < 0.3 else "neutral"
        return ChannelReading(channel="speech", scores=scores, label=label)


def test_each_segment_is_heard_by_itself():
    segments = [segment(0.5, 3.0), segment(3.1, 3.2), segment(4.5, 5.5), segment(8.0, 9.5)]
    found = tags_of(blocks(SOUND, RATE), segments, voices=Voices(), emotion=Moods())
    assert found == [Tag("angry", 0.9), Tag("angry", 0.9), None, None]


@given(
    st.lists(st.tuples(st.floats(0, 12), st.floats(0, 4)), max_size=6),
    st.sampled_from([700, RATE, 3 * RATE, 20 * RATE]),
)
def test_stretches_are_those_of_the_whole_sound(spans, size):
    times = [(start, start + length) for start, length in sorted(spans)]
    found = list(stretches(blocks(SOUND, size), times))
    for (start, end), part in zip(times, found, strict=True):
        left, right = max(0, round((start - 0.1) * RATE)), round((end + 0.1) * RATE)
        assert np.array_equal(part, SOUND[left:right])


def test_nothing_to_hear():
    assert tags_of([], [], voices=Voices(), emotion=Moods()) == []
    assert [len(part) for part in stretches([], [(0.0, 1.0)])] == [0]


def test_blocks_out_of_reach_are_let_go():
    given_out = []

    def endless():
        for at in range(100):
            given_out.append(at)
            yield Waveform(samples=np.full(RATE, at / 100, np.float32))

    part = next(iter(stretches(endless(), [(50.5, 50.6)])))
    assert part == pytest.approx(0.5)
    assert len(given_out) == 51

"""Frames of known Gaussians are grouped by them."""

from __future__ import annotations

import numpy as np
import pytest

from tongli.encoders.audio.voice_groups import groups


def talk(*voices, frames=100, width=8, seed=0):
    """Frames and spans, one a voice, each voice a mean."""
    rng = np.random.default_rng(seed)
    means = rng.normal(scale=1.5, size=(max(voices) + 1, width))
    rows = [rng.normal(size=(frames, width)) + means[voice] for voice in voices]
    spans = [np.arange(at * frames, (at + 1) * frames) for at in range(len(voices))]
    return np.concatenate(rows).astype(np.float32), spans


def same(one, other):
    return [a == b for a in one for b in one] == [a == b for a in other for b in other]


@pytest.mark.parametrize("voices", [(0, 1, 0, 1), (0, 0, 1, 1, 0), (0, 1, 2, 1), (0, 0, 0, 0)])
def test_voices_are_found_and_come_back(voices):
    frames, spans = talk(*voices)
    assert same(groups(frames, spans, [10.0] * len(spans)), voices)


def test_a_dear_change_is_not_made():
    frames, spans = talk(0, 1, 0, 1)
    assert set(groups(frames, spans, [10.0, 1e9, 1e9, 1e9])) == {0}


def test_too_little_to_compare():
    frames, spans = talk(0, 1, frames=20)
    assert groups(frames, spans, [10.0, 10.0]) == [0, 0]


def test_words_without_frames_follow_their_neighbours():
    frames, spans = talk(0, 1)
    nothing = np.arange(0)
    found = groups(frames, [nothing, spans[0], nothing, spans[1]], [10.0, 10.0, 40.0, 10.0])
    assert found[0] == found[1] == found[2] != found[3]
    assert groups(frames, [nothing, nothing], [10.0, 10.0]) == [0, 0]

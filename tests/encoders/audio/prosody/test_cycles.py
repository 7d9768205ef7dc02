"""Jitter and shimmer of voices whose irregularity is known."""

from __future__ import annotations

import numpy as np
import pytest

from tongli.encoders.audio.prosody.cycles import find_cycles, runs
from tongli.encoders.audio.prosody.pitch import find_pitch


def voice(periods, heights, *, damping=400.0, resonance=700.0):
    """A resonance struck once a period, at instants between the samples."""
    rate = 16_000
    starts = np.cumsum(periods)
    times = np.arange(int(starts[-1]) + 200)
    sound = np.zeros(len(times))
    for start, height in zip(starts, heights, strict=True):
        since = (times - start) / rate
        sound += (
            height * (since >= 0) * np.exp(-damping * since.clip(0)) * np.sin(2 * np.pi * resonance * since)
        )
    return (0.2 * sound).astype(np.float32)


def measured(sound):
    cycles = find_cycles(sound, find_pitch(sound))
    return float(np.mean(cycles.jitter)), float(np.mean(cycles.shimmer))


def wandering(centre, change, count=120):
    """Irregular without a pattern: a pattern would be a longer period."""
    return centre * (1 + np.random.default_rng(0).uniform(-change, change, count))


def test_a_regular_voice_has_neither():
    jitter, shimmer = measured(voice(wandering(120, 0), np.ones(120)))
    assert jitter < 0.003
    assert shimmer < 0.1


@pytest.mark.parametrize("share", [0.02, 0.04])
def test_jitter_is_measured(share):
    periods = wandering(120, share)
    jitter, _ = measured(voice(periods, np.ones(120)))
    assert jitter == pytest.approx(np.abs(np.diff(periods)).mean() / periods.mean(), rel=0.4)


def test_shimmer_is_measured():
    heights = wandering(1.0, 0.1)
    _, shimmer = measured(voice(wandering(120, 0), heights))
    assert shimmer == pytest.approx(np.abs(np.diff(20 * np.log10(heights))).mean(), rel=0.3)


def test_silence_has_no_cycles():
    silent = np.zeros(8000, np.float32)
    cycles = find_cycles(silent, find_pitch(silent))
    assert len(cycles.jitter) == len(cycles.shimmer) == 0


def test_runs():
    assert runs(np.array([True, True, False, True])) == [(0, 2), (3, 4)]
    assert runs(np.zeros(3, bool)) == []

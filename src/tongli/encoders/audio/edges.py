"""Where speech begins and ends, to a hundredth of a second: voice activity is late by a syllable's tail."""

from __future__ import annotations

import numpy as np

from tongli.core import FloatArray, Times
from tongli.encoders.audio.decode import RATE

_HOP = RATE // 100
_BEFORE, _AFTER = 15, 15
"""Hundredths of a second by which the start may move, out of the speech and into it."""
_INTO = 40
"""Hundredths of a second by which the end may move into the speech."""
_BELOW = 30.0
"""Decibels under the loud parts that still are speech."""
_ABOVE = 6.0
"""Decibels over the background from which on it is speech."""


def sharpened(samples: FloatArray, speech: Times) -> Times:
    """The times of speech, moved to where its energy starts and ends.

    Args:
        samples: shape ``(n,)``, 16 kHz, with some background before and after.
        speech: seconds in ``samples``, from voice activity.
    """
    levels = _levels(samples)
    start, end = speech
    begun, over = round(start * 100), round(end * 100)
    inside = levels[begun : over + 1]
    if len(inside) < 3:
        return speech
    outside = np.concatenate([levels[: max(0, begun - _BEFORE)], levels[over + 1 :]])
    floor = float(np.median(outside)) if len(outside) >= 3 else float(np.quantile(inside, 0.05))
    loud = np.flatnonzero(levels >= max(float(np.quantile(inside, 0.9)) - _BELOW, floor + _ABOVE))
    first = loud[(loud >= begun - _BEFORE) & (loud <= begun + _AFTER)]
    last = loud[(loud >= over - _INTO) & (loud < over)]
    return (
        float(first[0]) / 100 if len(first) else start,
        min(end, float(last[-1] + 1) / 100) if len(last) else end,
    )


def _levels(samples: FloatArray) -> FloatArray:
    """Decibels of frames of 10 ms."""
    whole = len(samples) // _HOP * _HOP
    power = np.mean(np.square(samples[:whole].reshape(-1, _HOP), dtype=np.float64), axis=1)
    levels: FloatArray = (10 * np.log10(power + 1e-12)).astype(np.float32)
    return levels

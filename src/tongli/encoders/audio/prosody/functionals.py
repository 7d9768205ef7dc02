"""A track of numbers as a few: where it lies, how it spreads, how it moves."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from tongli.core import FloatArray
from tongli.encoders.audio.prosody.frames import HOP, RATE

SECONDS_A_FRAME = HOP / RATE


def level(name: str, values: FloatArray) -> Mapping[str, float]:
    """Mean and standard deviation; not a number where there is nothing to count."""
    known = values[np.isfinite(values)]
    if not len(known):
        return {f"{name}.mean": np.nan, f"{name}.std": np.nan}
    return {f"{name}.mean": float(known.mean()), f"{name}.std": float(known.std())}


def spread(name: str, values: FloatArray) -> Mapping[str, float]:
    """Percentiles 20, 50 and 80, and the range from the first to the last."""
    if not len(values):
        return {f"{name}.{part}": np.nan for part in ("p20", "p50", "p80", "range")}
    low, middle, high = (float(value) for value in np.percentile(values, (20, 50, 80)))
    return {f"{name}.p20": low, f"{name}.p50": middle, f"{name}.p80": high, f"{name}.range": high - low}


def movement(name: str, track: FloatArray, stretches: list[tuple[int, int]]) -> Mapping[str, float]:
    """Mean and standard deviation of the rising and of the falling slopes, a second.

    Args:
        name: of the track.
        track: shape ``(frames,)``.
        stretches: half-open ranges of frames within which slopes are taken.
    """
    steps = [np.diff(track[start:end]) / SECONDS_A_FRAME for start, end in stretches]
    slopes = np.concatenate(steps) if steps else np.zeros(0, np.float32)
    return {**level(f"{name}.rising", slopes[slopes > 0]), **level(f"{name}.falling", slopes[slopes < 0])}


def smoothed(track: FloatArray, *, frames: int) -> FloatArray:
    """Running mean over an odd number of frames; the ends are held."""
    padded = np.pad(track, frames // 2, mode="edge")
    return np.asarray(np.convolve(padded, np.full(frames, 1 / frames), mode="valid"), np.float32)


def peaks(track: FloatArray, *, apart: int, over: float) -> int:
    """How many local maxima there are, at least ``apart`` frames from one another and above ``over``."""
    middle = track[1:-1]
    found = np.flatnonzero((middle >= track[:-2]) & (middle > track[2:]) & (middle > over)) + 1
    count, last = 0, -apart
    for index in found:
        if index - last >= apart:
            count, last = count + 1, int(index)
    return count

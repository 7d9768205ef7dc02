"""How regular the cycles of a voice are: jitter and shimmer.

Cycles are followed by waveform matching: the next one starts where the sound correlates best with this one.

References:
    Boersma & Weenink, "Praat: doing phonetics by computer": point processes by cross-correlation, local
    jitter and local shimmer.
    Eyben et al. (2016), "The Geneva Minimalistic Acoustic Parameter Set (GeMAPS) for Voice Research and
    Affective Computing", IEEE Transactions on Affective Computing 7(2).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tongli.core import FloatArray
from tongli.encoders.audio.prosody.frames import HOP, RATE
from tongli.encoders.audio.prosody.pitch import Pitch

_LEAST = 3
_REACH = 0.2
"""How far from the expected period the next cycle may start, as a share of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycles:
    """Irregularity from one cycle to the next.

    Attributes:
        jitter: shape ``(n,)``, difference of neighbouring periods as a share of the mean one.
        shimmer: shape ``(m,)``, difference of neighbouring peak-to-peak amplitudes, in dB.
    """

    jitter: FloatArray
    shimmer: FloatArray


def find_cycles(samples: FloatArray, pitch: Pitch) -> Cycles:
    """Follow the cycles through every voiced stretch of at least 30 ms."""
    jitter: list[FloatArray] = []
    shimmer: list[FloatArray] = []
    for start, end in runs(pitch.hertz > 0):
        if end - start < _LEAST:
            continue
        periods, heights = _follow(samples, pitch.hertz[start:end], start=start)
        if len(periods) >= _LEAST:
            jitter.append(np.abs(np.diff(periods)) / periods.mean())
            levels = 20 * np.log10(np.maximum(heights, 1e-6))
            shimmer.append(np.abs(np.diff(levels)))
    return Cycles(jitter=_joined(jitter), shimmer=_joined(shimmer))


def runs(on: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Half-open ranges of indices at which ``on`` is true, in order."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], on.astype(np.int8), [0]])))
    return [(int(start), int(end)) for start, end in edges.reshape(-1, 2)]


def _follow(samples: FloatArray, hertz: FloatArray, *, start: int) -> tuple[FloatArray, FloatArray]:
    """Lengths in samples and peak-to-peak amplitudes of the cycles of frames of known pitch."""
    at, last = start * HOP, min(len(samples), (start + len(hertz)) * HOP)
    lengths, heights = [], []
    while True:
        expected = RATE / float(hertz[min(len(hertz) - 1, at // HOP - start)])
        size, low = round(expected), round(expected * (1 - _REACH))
        later = samples[at + low : at + round(expected * (1 + _REACH)) + size]
        if at + low + len(later) > last or len(later) <= size:
            break
        cycle = samples[at : at + size]
        length = low + _best_shift(cycle, later)
        lengths.append(length)
        heights.append(float(np.ptp(cycle)))
        at += max(1, round(length))
    return np.asarray(lengths, np.float32), np.asarray(heights, np.float32)


def _best_shift(cycle: FloatArray, later: FloatArray) -> float:
    """At which sample of ``later`` the cycle recurs, between the samples."""
    squares = np.concatenate([[0.0], np.cumsum(later.astype(np.float64) ** 2)])
    energy = squares[len(cycle) :] - squares[: -len(cycle)]
    match = np.correlate(later, cycle) / np.sqrt(np.maximum(energy, 1e-12))
    best = int(match.argmax())
    if not 0 < best < len(match) - 1:
        return float(best)
    left, middle, right = match[best - 1 : best + 2]
    curve = left - 2 * middle + right
    return best + float((left - right) / (2 * curve)) if curve < 0 else float(best)


def _joined(parts: list[FloatArray]) -> FloatArray:
    return np.concatenate(parts).astype(np.float32) if parts else np.zeros(0, np.float32)

"""How high a voice is: the period by YIN, with a path through its candidates against octave errors.

References:
    de Cheveigné & Kawahara (2002), "YIN, a fundamental frequency estimator for speech and music", JASA
    111(4).
    Boersma (1993), "Accurate short-term analysis of the fundamental frequency and the harmonics-to-noise
    ratio of a sampled sound", IFA Proceedings 17: costs of octave jumps and of voicing along a path.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tongli.core import FloatArray, IntArray
from tongli.encoders.audio.prosody.frames import RATE, framed

LOWEST, HIGHEST = 55.0, 650.0
"""Hz between which a voice is looked for."""

_WINDOW = 640
_SHORTEST, _LONGEST = int(RATE / HIGHEST), int(RATE / LOWEST) + 1
_FFT = 1024
"""Long enough that the lags up to the longest are not those that wrap around."""
_CANDIDATES = 6
_UNVOICED = 0.32
"""Aperiodicity from which a frame counts as unvoiced, YIN's threshold."""
_OCTAVE = 0.03
"""What an octave more of period costs: of equal periods the shortest is the true one."""
_JUMP = 0.5
"""What a change of one octave between frames costs."""
_VOICING = 0.12
"""What it costs to start or to stop voicing."""
_SILENT = 1e-8
"""Mean power below which nothing is voiced (-80 dB)."""
_NEVER = 1e3


@dataclass(frozen=True, slots=True, kw_only=True)
class Pitch:
    """The voice's period, frame by frame.

    Attributes:
        hertz: shape ``(frames,)``; 0 where unvoiced.
        periodicity: shape ``(frames,)``, 0..1, correlation of a period with the next; 0 where unvoiced.
    """

    hertz: FloatArray
    periodicity: FloatArray

    @property
    def semitones(self) -> FloatArray:
        """Above 27.5 Hz, for the voiced frames only."""
        voiced = self.hertz[self.hertz > 0]
        return np.asarray(12 * np.log2(voiced / 27.5), np.float32)

    @property
    def harmonics_to_noise(self) -> FloatArray:
        """Decibels, for the voiced frames only."""
        share = np.clip(self.periodicity[self.hertz > 0], 1e-4, 1 - 1e-4)
        return np.asarray(10 * np.log10(share / (1 - share)), np.float32)


def find_pitch(samples: FloatArray) -> Pitch:
    """Track the pitch of 16 kHz sound, ``(n,)``."""
    frames = framed(samples, length=_WINDOW + _LONGEST + 1 + (_WINDOW + _LONGEST + 1) % 2)
    aperiodicity, correlation, power = _difference(frames)
    lags, costs = _candidates(aperiodicity)
    costs[power < _SILENT, :-1] = _NEVER
    chosen = _path(lags, costs)
    rows = np.flatnonzero(chosen < lags.shape[1])
    whole = lags[rows, chosen[rows]]
    hertz, periodicity = np.zeros((2, len(frames)), np.float32)
    shift, _ = _vertex(aperiodicity, rows, whole)
    hertz[rows] = RATE / (whole + shift)
    periodicity[rows] = np.clip(_vertex(correlation, rows, whole)[1], 0, 1)
    return Pitch(hertz=hertz, periodicity=periodicity)


def _difference(frames: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """YIN's cumulative mean normalised difference, normalised correlation (both by lag), and mean power."""
    whole = np.fft.rfft(frames, _FFT, axis=1)
    start = np.fft.rfft(frames[:, :_WINDOW], _FFT, axis=1)
    product = np.fft.irfft(start.conj() * whole, _FFT, axis=1)[:, : _LONGEST + 1]
    squares = np.pad(np.cumsum(frames.astype(np.float64) ** 2, axis=1), ((0, 0), (1, 0)))
    energy = squares[:, _WINDOW : _WINDOW + _LONGEST + 1] - squares[:, : _LONGEST + 1]
    both = energy[:, :1] + energy
    difference = np.maximum(both - 2 * product, 0)
    difference[:, 0] = 0
    running = np.cumsum(difference, axis=1)
    lags = np.arange(_LONGEST + 1)
    normalised = np.where(running > 0, difference * lags / np.maximum(running, 1e-12), 1)
    normalised[:, 0] = 1
    correlation = 2 * product / np.maximum(both, 1e-12)
    power = energy[:, 0] / _WINDOW
    return normalised.astype(np.float32), correlation.astype(np.float32), power.astype(np.float32)


def _candidates(aperiodicity: FloatArray) -> tuple[IntArray, FloatArray]:
    """Lags ``(frames, 6)`` of the lowest dips, and costs ``(frames, 7)``; the last: unvoiced."""
    inner = aperiodicity[:, _SHORTEST:_LONGEST]
    dip = (inner <= aperiodicity[:, _SHORTEST - 1 : _LONGEST - 1]) & (
        inner < aperiodicity[:, _SHORTEST + 1 : _LONGEST + 1]
    )
    lags = np.arange(_SHORTEST, _LONGEST)
    cost = np.where(dip, inner + _OCTAVE * np.log2(lags / _SHORTEST), _NEVER)
    best = np.argpartition(cost, _CANDIDATES, axis=1)[:, :_CANDIDATES]
    costs = np.take_along_axis(cost, best, axis=1)
    unvoiced = np.full((len(costs), 1), _UNVOICED)
    return lags[best].astype(np.int32), np.concatenate([costs, unvoiced], axis=1).astype(np.float32)


def _path(lags: IntArray, costs: FloatArray) -> IntArray:
    """Column of the cheapest candidate at each frame, by Viterbi's algorithm."""
    octaves = np.log2(lags)
    total = costs[0]
    back = np.zeros(costs.shape, np.int32)
    step = np.full((costs.shape[1], costs.shape[1]), _VOICING, np.float32)
    step[-1, -1] = 0
    for frame in range(1, len(costs)):
        step[:-1, :-1] = _JUMP * np.abs(octaves[frame - 1][:, None] - octaves[frame])
        reached = total[:, None] + step
        back[frame] = reached.argmin(axis=0)
        total = reached.min(axis=0) + costs[frame]
    chosen = np.zeros(len(costs), np.int32)
    chosen[-1] = total.argmin()
    for frame in range(len(costs) - 1, 0, -1):
        chosen[frame - 1] = back[frame, chosen[frame]]
    return chosen


def _vertex(table: FloatArray, rows: NDArray[np.intp], columns: IntArray) -> tuple[FloatArray, FloatArray]:
    """Where the parabola through three neighbours turns, in -0.5..0.5 columns, and its value there."""
    left, middle, right = (table[rows, columns + step] for step in (-1, 0, 1))
    curve = left - 2 * middle + right
    flat = np.abs(curve) < 1e-9
    shift = np.clip(np.where(flat, 0, (left - right) / (2 * np.where(flat, 1, curve))), -0.5, 0.5)
    return shift, middle - (left - right) * shift / 4

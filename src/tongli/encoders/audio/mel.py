"""Mel spectra: Whisper's own, and the filters behind them.

References:
    Slaney (1998), "Auditory Toolbox, Version 2": the mel scale, linear below 1 kHz and logarithmic above.
    Radford et al. (2022), "Robust Speech Recognition via Large-Scale Weak Supervision": 80 bands, 25 ms
    windows every 10 ms, log10 clipped at 8 below the maximum.
"""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from numpy.typing import NDArray

from tongli.core import FloatArray

_RATE = 16_000
_WINDOW, _HOP = 400, 160
_BANDS = 80
_LINEAR_HZ, _LINEAR_STEP, _LOG_STEP = 1000.0, 200 / 3, math.log(6.4) / 27


@cache
def mel_filters(bands: int, *, points: int, low: float = 0.0, high: float = 8000.0) -> FloatArray:
    """Triangular filters of equal area, ``(bands, points // 2 + 1)``, for 16 kHz sound.

    Args:
        bands: how many.
        points: of the Fourier transform.
        low: Hz at which the first filter starts.
        high: Hz at which the last one ends.
    """
    edges = _hertz(np.linspace(_mels(low), _mels(high), bands + 2))
    bins = np.fft.rfftfreq(points, 1 / _RATE)
    width = np.diff(edges)
    slopes = edges[:, None] - bins
    triangles = np.minimum(-slopes[:-2] / width[:-1, None], slopes[2:] / width[1:, None])
    filters = np.maximum(triangles, 0) * (2 / (edges[2:] - edges[:-2]))[:, None]
    return np.asarray(filters, np.float32)


def whisper_mel(samples: FloatArray) -> FloatArray:
    """Log-mel spectrum as Whisper reads it, ``(n // 160, 80)``, of at least 200 samples at 16 kHz."""
    window = np.hanning(_WINDOW + 1)[:-1].astype(np.float32)
    padded = np.pad(samples, _WINDOW // 2, mode="reflect")
    frames = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[::_HOP][: len(samples) // _HOP]
    power = np.abs(np.fft.rfft(frames * window, axis=1)) ** 2
    mel = power.astype(np.float32) @ mel_filters(_BANDS, points=_WINDOW).T
    levels = np.log10(np.maximum(mel, 1e-10))
    return np.asarray((np.maximum(levels, levels.max(initial=-10) - 8) + 4) / 4, np.float32)


def _mels(hertz: float) -> float:
    if hertz < _LINEAR_HZ:
        return hertz / _LINEAR_STEP
    return _LINEAR_HZ / _LINEAR_STEP + math.log(hertz / _LINEAR_HZ) / _LOG_STEP


def _hertz(mels: NDArray[np.float64]) -> NDArray[np.float64]:
    knee = _LINEAR_HZ / _LINEAR_STEP
    above = _LINEAR_HZ * np.exp(_LOG_STEP * np.maximum(mels - knee, 0))
    return np.where(mels < knee, mels * _LINEAR_STEP, above)

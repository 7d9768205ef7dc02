"""Sound cut into short frames, 100 a second, each around its moment."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from tongli.core import FloatArray

RATE = 16_000
"""Samples a second that everything here reads."""

HOP = 160
"""Samples from one frame to the next: 10 ms."""

SPECTRUM = 512
"""Points of the Fourier transform of a frame; bins lie 31.25 Hz apart."""

_LENGTH = 400
_FLOOR = 1e-12


def framed(samples: FloatArray, *, length: int) -> FloatArray:
    """Frames around every 160th sample, with zeros before the start and after the end.

    Args:
        samples: shape ``(n,)``.
        length: samples a frame, even.

    Returns:
        ``(1 + n // 160, length)``, a view.
    """
    padded = np.pad(samples, (length // 2, length // 2))
    return sliding_window_view(padded, length)[::HOP][: 1 + len(samples) // HOP]


def power_spectrum(samples: FloatArray) -> FloatArray:
    """Power of 25 ms frames under a Hann window, ``(frames, 257)``; a full-scale sine peaks at 0.25."""
    window = np.hanning(_LENGTH + 1)[:-1].astype(np.float32)
    spectrum = np.fft.rfft(framed(samples, length=_LENGTH) * window, SPECTRUM, axis=1)
    return np.asarray(np.abs(spectrum / window.sum()) ** 2, np.float32)


def frequencies() -> FloatArray:
    """Hz of the bins of :func:`power_spectrum`, ``(257,)``."""
    return np.fft.rfftfreq(SPECTRUM, 1 / RATE).astype(np.float32)


def decibels(power: NDArray[Any]) -> FloatArray:
    """Ten times the logarithm, not below -120."""
    return np.asarray(10 * np.log10(np.maximum(power, _FLOOR)), np.float32)

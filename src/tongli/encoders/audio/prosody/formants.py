"""Resonances of the vocal tract, by linear prediction.

References:
    Markel & Gray (1976), "Linear Prediction of Speech", Springer: formants as angles of the roots.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tongli.core import FloatArray
from tongli.encoders.audio.prosody.frames import RATE, framed

_ORDER = 16
_LENGTH = 400
_EMPHASIS = 0.97
_LOW, _HIGH, _WIDEST = 150.0, 5000.0, 800.0
FORMANTS = 3


def find_formants(samples: FloatArray, frames: NDArray[np.intp]) -> FloatArray:
    """Frequency and bandwidth of the first three formants.

    Args:
        samples: 16 kHz sound, ``(n,)``.
        frames: indices of the frames to look at, the voiced ones, ``(f,)``.

    Returns:
        Hz, ``(f, 3, 2)``; not a number where a frame shows fewer.
    """
    if not len(frames):
        return np.zeros((0, FORMANTS, 2), np.float32)
    emphasised = np.append(samples[:1], samples[1:] - _EMPHASIS * samples[:-1])
    windowed = framed(emphasised, length=_LENGTH)[frames] * np.hamming(_LENGTH)
    roots = np.linalg.eigvals(_companions(_predictor(windowed)))
    hertz = np.angle(roots) * RATE / (2 * np.pi)
    width = -np.log(np.maximum(np.abs(roots), 1e-9)) * RATE / np.pi
    sound = (hertz > _LOW) & (hertz < _HIGH) & (width < _WIDEST)
    order = np.where(sound, hertz, np.inf).argsort(axis=1)[:, :FORMANTS]
    found = np.stack([np.take_along_axis(table, order, axis=1) for table in (hertz, width)], axis=2)
    return np.where(np.take_along_axis(sound, order, axis=1)[:, :, None], found, np.nan).astype(np.float32)


def _predictor(windowed: NDArray[np.float64]) -> NDArray[np.float64]:
    """Coefficients a₁…a₁₆ of x̂ₜ = -Σ aₖ xₜ₋ₖ, ``(f, 16)``, by Levinson and Durbin's recursion."""
    spectrum = np.abs(np.fft.rfft(windowed, 1024, axis=1)) ** 2
    lags = np.fft.irfft(spectrum, axis=1)[:, : _ORDER + 1]
    # A little white noise keeps the recursion stable on pure tones.
    lags[:, 0] = lags[:, 0] * (1 + 1e-6) + 1e-9
    coefficients = np.zeros((len(lags), _ORDER + 1))
    coefficients[:, 0] = 1
    error = lags[:, 0].copy()
    for order in range(1, _ORDER + 1):
        known = coefficients[:, :order]
        reflection = -(known * lags[:, order:0:-1]).sum(axis=1) / error
        coefficients[:, : order + 1] += reflection[:, None] * coefficients[:, : order + 1][:, ::-1]
        error = error * (1 - reflection**2)
    return coefficients[:, 1:]


def _companions(coefficients: NDArray[np.float64]) -> NDArray[np.float64]:
    """Matrices whose eigenvalues are the roots of the predictors, ``(f, 16, 16)``."""
    found = np.zeros((len(coefficients), _ORDER, _ORDER))
    found[:, 0] = -coefficients
    found[:, np.arange(1, _ORDER), np.arange(_ORDER - 1)] = 1
    return found

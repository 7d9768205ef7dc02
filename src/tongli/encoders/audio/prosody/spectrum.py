"""What the spectrum of each frame says: loudness, balance, flux, cepstrum.

References:
    Eyben et al. (2016), "The Geneva Minimalistic Acoustic Parameter Set (GeMAPS) for Voice Research and
    Affective Computing", IEEE Transactions on Affective Computing 7(2): alpha ratio, Hammarberg index,
    slopes, spectral flux, and loudness as a sum of compressed auditory bands.
    Davis & Mermelstein (1980), IEEE Transactions on Acoustics, Speech and Signal Processing 28(4): cepstrum.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from tongli.core import FloatArray
from tongli.encoders.audio.mel import mel_filters
from tongli.encoders.audio.prosody.frames import SPECTRUM, decibels, frequencies

BANDS = 26
CEPSTRA = 4
_COMPRESSION = 0.33
"""Stevens's power law for loudness."""


def mel_power(power: FloatArray) -> FloatArray:
    """Power in 26 mel bands from 20 Hz, ``(frames, 26)``."""
    return power @ mel_filters(BANDS, points=SPECTRUM, low=20.0).T


def loudness_track(mel: FloatArray) -> FloatArray:
    """Perceived loudness, ``(frames,)``, in units without a name."""
    return np.asarray((mel**_COMPRESSION).sum(axis=1), np.float32)


def spectral_tracks(power: FloatArray, mel: FloatArray) -> Mapping[str, FloatArray]:
    """Name → track, each ``(frames,)``; none of them changes with the gain of the microphone."""
    hertz = frequencies()
    levels = decibels(power)
    return {
        "alpha_ratio": _level(power, hertz, 50, 1000) - _level(power, hertz, 1000, 5000),
        "hammarberg": _peak(levels, hertz, 0, 2000) - _peak(levels, hertz, 2000, 5000),
        "slope_0_500": _slope(levels, hertz, 0, 500),
        "slope_500_1500": _slope(levels, hertz, 500, 1500),
        "centroid": (power @ hertz) / np.maximum(power.sum(axis=1), 1e-12),
        "flux": _flux(mel),
        **{f"mfcc_{index}": row for index, row in enumerate(cepstra(mel).T, start=1)},
    }


def cepstra(mel: FloatArray) -> FloatArray:
    """Mel-frequency cepstral coefficients 1 to 4, ``(frames, 4)``."""
    angles = np.pi / BANDS * np.outer(np.arange(BANDS) + 0.5, np.arange(1, CEPSTRA + 1))
    return np.asarray(decibels(mel) @ np.cos(angles) * np.sqrt(2 / BANDS), np.float32)


def _within(hertz: FloatArray, low: float, high: float) -> NDArray[np.intp]:
    return np.flatnonzero((hertz >= low) & (hertz < high))


def _level(power: FloatArray, hertz: FloatArray, low: float, high: float) -> FloatArray:
    return decibels(power[:, _within(hertz, low, high)].sum(axis=1))


def _peak(levels: FloatArray, hertz: FloatArray, low: float, high: float) -> FloatArray:
    return np.asarray(levels[:, _within(hertz, low, high)].max(axis=1), np.float32)


def _slope(levels: FloatArray, hertz: FloatArray, low: float, high: float) -> FloatArray:
    """Decibels a kilohertz of the line through a band."""
    bins = _within(hertz, low, high)
    kilohertz = (hertz[bins] - hertz[bins].mean()) / 1000
    return np.asarray(levels[:, bins] @ kilohertz / (kilohertz**2).sum(), np.float32)


def _flux(mel: FloatArray) -> FloatArray:
    """How much the shape of the spectrum changes from the frame before; 0 for the first."""
    shape = mel / np.maximum(mel.sum(axis=1, keepdims=True), 1e-12)
    steps = np.sqrt((np.diff(shape, axis=0) ** 2).sum(axis=1))
    return np.concatenate([np.zeros(1, np.float32), steps]).astype(np.float32)

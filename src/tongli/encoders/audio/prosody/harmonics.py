"""How strong the harmonics of a voice are against one another: breathy, pressed or plain.

References:
    Hanson (1997), "Glottal characteristics of female speakers: Acoustic correlates", JASA 101(1): H1-H2
    and H1-A3.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from tongli.core import FloatArray
from tongli.encoders.audio.prosody.frames import RATE, SPECTRUM, decibels

_STEP = RATE / SPECTRUM


def harmonic_differences(
    power: FloatArray, hertz: FloatArray, formants: FloatArray
) -> Mapping[str, FloatArray]:
    """First harmonic against the second and against the formants, in dB, each ``(frames,)``.

    Args:
        power: spectra of the voiced frames, ``(frames, 257)``.
        hertz: their pitch, ``(frames,)``.
        formants: as :func:`find_formants` gives them, ``(frames, 3, 2)``.
    """
    first = _harmonic(power, hertz)
    found = {"h1_h2": first - _harmonic(power, 2 * hertz)}
    for index in range(formants.shape[1]):
        formant = formants[:, index, 0]
        known = np.isfinite(formant)
        nearest = hertz * np.maximum(1, np.round(np.where(known, formant, hertz) / np.maximum(hertz, 1)))
        found[f"h1_a{index + 1}"] = np.where(known, first - _harmonic(power, nearest), np.nan)
    return found


def _harmonic(power: FloatArray, hertz: FloatArray) -> FloatArray:
    """Level of the strongest of the three bins around a frequency, in dB."""
    middle = np.clip(np.round(hertz / _STEP).astype(int), 1, power.shape[1] - 2)
    rows = np.arange(len(power))
    around = np.stack([power[rows, middle + shift] for shift in (-1, 0, 1)])
    return decibels(around.max(axis=0)) if len(rows) else np.zeros(0, np.float32)

"""How loud a recording is: facts that tell whether it can be heard at all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tongli.core import Waveform

FLOOR = -120.0
"""What digital silence is called, in dBFS."""
_CLIPPED = 0.999


@dataclass(frozen=True, slots=True, kw_only=True)
class Loudness:
    """Loudness of a waveform.

    Attributes:
        rms: of the whole, in dB below full scale; -120 for silence.
        peak: of the loudest sample, in the same unit.
        clipped: share of samples at full scale, 0..1.
    """

    rms: float
    peak: float
    clipped: float


def loudness(waveform: Waveform) -> Loudness:
    """Measure a waveform; an empty one is silence."""
    magnitudes = np.abs(waveform.samples)
    if not len(magnitudes):
        return Loudness(rms=FLOOR, peak=FLOOR, clipped=0.0)
    power = float(np.mean(np.square(magnitudes, dtype=np.float64)))
    return Loudness(
        rms=_decibels(power**0.5),
        peak=_decibels(float(magnitudes.max())),
        clipped=float(np.mean(magnitudes >= _CLIPPED)),
    )


def _decibels(amplitude: float) -> float:
    return max(FLOOR, 20 * float(np.log10(amplitude))) if amplitude > 0 else FLOOR

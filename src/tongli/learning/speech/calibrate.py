"""Calibration of a speech head on speakers left out."""

from __future__ import annotations

import numpy as np

from tongli.core import FloatArray
from tongli.emotion.speech.card import Calibration
from tongli.emotion.speech.linear import softmax
from tongli.learning.speech.fit import Indices
from tongli.learning.speech.held_out import HeldOut

_SLOPES = np.geomspace(0.1, 20, 80)
_RIGHT = 0.95
"""Share of the decided labels that must be right, on speakers left out and made-up recordings of them."""


def calibrated(found: HeldOut) -> Calibration:
    """Slope of least surprise, and the lowest threshold at which enough of what is decided is right."""
    logits = found.logits.reshape(-1, found.logits.shape[2])
    labels = np.repeat(found.labels, found.logits.shape[1])
    slope = min((float(slope) for slope in _SLOPES), key=lambda slope: _surprise(logits * slope, labels))
    return Calibration(
        slope=round(slope, 4),
        strangeness=round(float(np.median(found.strangeness)), 4),
        threshold=_threshold(softmax(logits * np.float32(slope)), labels),
    )


def _surprise(logits: FloatArray, labels: Indices) -> float:
    found = softmax(logits)[np.arange(len(labels)), labels]
    return float(-np.log(np.maximum(found, 1e-9)).mean())


def _threshold(probabilities: FloatArray, labels: Indices) -> float:
    sure, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == labels
    order = np.argsort(-sure)
    share = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    kept = np.flatnonzero(share >= _RIGHT)
    lowest = float(sure[order][kept[-1]]) if len(kept) else 1.0
    return float(round(max(lowest, 1 / probabilities.shape[1]), 4))

"""Logits of an expression to probabilities that promise no more than the model can keep.

A temperature is fitted on faces with known expressions, and none may be shipped. So the bound is taken from
what is known of the model: it is right on 58.4 % of FER2013's private test. Were it perfectly sure of every
face, that would be the honest probability. Softmax is therefore mixed with the uniform distribution so that
its 1 becomes 0.584: probabilities can be too low, but not, on faces like those, too high on average.

References:
    Goodfellow et al. (2013), "Challenges in representation learning: a report on three machine learning
    contests", ICONIP (FER2013; people reach 65 ± 5 %).
    Guo et al. (2017), "On calibration of modern neural networks", ICML.
"""

from __future__ import annotations

import numpy as np

from tongli.core import FloatArray
from tongli.knowledge.schemes import EKMAN6

FACE_LABELS = (*EKMAN6, "neutral")
"""In the order of the logits; FER2013 calls them angry, disgust, fear, happy, sad, surprise, neutral."""

ACCURACY = 0.584
"""Share of FER2013's private test that the model gets right."""

DECIDE_FROM = 0.4
"""Probability from which an expression is told: nearly two thirds of the model's own certainty."""

_KEPT = (ACCURACY - 1 / len(FACE_LABELS)) / (1 - 1 / len(FACE_LABELS))


def probabilities(logits: FloatArray) -> FloatArray:
    """Calibrated probabilities, ``(n, 7)``, each row summing to 1, of logits ``(n, 7)``."""
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    softmax = odds / odds.sum(axis=1, keepdims=True)
    return np.asarray(_KEPT * softmax + (1 - _KEPT) / len(FACE_LABELS), np.float32)


def decided(scores: FloatArray) -> str | None:
    """The label that stands out of probabilities ``(7,)``, if one does."""
    best = int(scores.argmax())
    return FACE_LABELS[best] if scores[best] >= DECIDE_FROM else None

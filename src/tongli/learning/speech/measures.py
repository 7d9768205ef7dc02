"""Figures of a speech head on clips of speakers it has not heard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from tongli.core import FloatArray
from tongli.emotion.speech.card import Calibration
from tongli.emotion.speech.head import SpeechHead
from tongli.emotion.speech.linear import softmax
from tongli.knowledge.speech_labels import SPEECH_LABELS
from tongli.learning.metrics import expected_calibration_error
from tongli.learning.speech.fit import Indices
from tongli.learning.speech.held_out import HeldOut, unweighted_recall

_DIGITS = 4


def of_held_out(found: HeldOut, calibration: Calibration, *, labels: Sequence[str]) -> dict[str, Any]:
    """Figures of the clips themselves, each read by heads that did not learn from its speaker."""
    table = softmax(found.logits[:, 0] * calibration.slope)
    return _figures(table, found.labels, names=labels, threshold=calibration.threshold)


def of_others(head: SpeechHead, features: FloatArray, labels: Sequence[str]) -> dict[str, Any]:
    """Figures on another set; recall and accuracy are over the labels that both know.

    Args:
        head: to measure.
        features: ``(clips, features)``.
        labels: of the clips, in the words of ``SPEECH_LABELS``.
    """
    names = [label for label in head.card.labels if label in set(labels)]
    kept = [row for row, label in enumerate(labels) if label in names]
    table = head.probabilities(features[kept])[:, [SPEECH_LABELS.index(label) for label in names]]
    truth = np.array([names.index(labels[row]) for row in kept])
    return _figures(table, truth, names=names, threshold=head.card.plain.threshold)


def _figures(table: FloatArray, truth: Indices, *, names: Sequence[str], threshold: float) -> dict[str, Any]:
    best, sure = table.argmax(axis=1), table.max(axis=1)
    right, told = best == truth, sure >= threshold
    recall = {name: _share(right[truth == index]) for index, name in enumerate(names)}
    return {
        "clips": len(truth),
        "uar": round(unweighted_recall(best, truth), _DIGITS),
        "accuracy": _share(right),
        "ece": round(expected_calibration_error(sure, right.astype(np.float32)), _DIGITS),
        "decided": _share(told),
        "right_of_decided": _share(right[told]),
        "recall": recall,
    }


def _share(hits: FloatArray) -> float:
    return round(float(hits.mean()), _DIGITS) if len(hits) else 0.0

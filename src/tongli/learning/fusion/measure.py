"""How good a fused reading is, with every combination of channels."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from tongli.core import Channel, FloatArray
from tongli.emotion.fusion.card import CHANNELS, LABELS
from tongli.emotion.fusion.network import Network
from tongli.emotion.fusion.signals import Signals
from tongli.learning.metrics import expected_calibration_error

Indices = NDArray[np.intp]


def every_combination(network: Network, found: Signals, truth: Indices) -> dict[str, dict[str, float]]:
    """Unweighted average recall and calibration error with each combination of channels.

    Args:
        network: that joins them.
        found: messages with all channels.
        truth: ``(n,)``, what each shows.
    """
    figures = {}
    for kept, names in combinations_of(found):
        chances = network.probabilities(found.keeping(kept))
        figures["+".join(names)] = {
            "uar": round(recall(chances, truth), 4),
            "ece": round(calibration_error(chances, truth), 4),
        }
    return figures


def combinations_of(found: Signals) -> Iterator[tuple[NDArray[np.bool_], tuple[Channel, ...]]]:
    """Masks ``(channels,)`` of every combination of the channels that are present at all, and their names."""
    there = [channel for at, channel in enumerate(CHANNELS) if found.present[:, at].any()]
    for size in range(1, len(there) + 1):
        for names in combinations(there, size):
            yield np.array([channel in names for channel in CHANNELS]), names


def recall(chances: FloatArray, truth: Indices) -> float:
    """Unweighted average recall (UAR), 0..1, over the labels that occur."""
    chosen = chances.argmax(axis=1)
    return float(np.mean([(chosen[truth == label] == label).mean() for label in np.unique(truth)]))


def calibration_error(chances: FloatArray, truth: Indices) -> float:
    """Expected calibration error of the probabilities of all labels, pooled."""
    return expected_calibration_error(chances, np.eye(len(LABELS), dtype=np.float32)[truth])


def top_calibration_error(chances: FloatArray, truth: Indices) -> float:
    """The same of the most probable label alone, which is stricter."""
    right = (chances.argmax(axis=1) == truth).astype(np.float32)
    return expected_calibration_error(chances.max(axis=1, keepdims=True), right[:, None])

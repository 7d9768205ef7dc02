"""Channel readings as arrays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tongli.core import ChannelReading, FloatArray
from tongli.emotion.fusion.card import CHANNELS, LABELS, SAME_LABEL

_LEAST = 1e-3
"""A calibrated channel is never surer than this against a label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """What the channels of ``n`` messages show, in the order of ``CHANNELS`` and ``LABELS``.

    Attributes:
        evidence: shape ``(n, channels, labels)``, log-probabilities less their mean over the labels that the
            channel knows; 0 for a label it does not know, which speaks neither for nor against it.
        reliability: shape ``(n, channels)``, 0..1.
        sureness: shape ``(n, channels)``, highest probability.
        present: shape ``(n, channels)``, 1 for a channel that could be read, else 0 as all above.
    """

    evidence: FloatArray
    reliability: FloatArray
    sureness: FloatArray
    present: FloatArray

    def keeping(self, kept: NDArray[np.bool_]) -> Signals:
        """The same with only some channels; ``kept`` broadcasts to ``(n, channels)``."""
        mask = (self.present * kept).astype(np.float32)
        return Signals(
            evidence=self.evidence * mask[..., None],
            reliability=self.reliability * mask,
            sureness=self.sureness * mask,
            present=mask,
        )


def signals(rows: Sequence[Iterable[ChannelReading]]) -> Signals:
    """The readings of each message's channels, in any order; those without scores are not present."""
    shape = (len(rows), len(CHANNELS))
    evidence = np.zeros((*shape, len(LABELS)), np.float32)
    reliability, sureness, present = (np.zeros(shape, np.float32) for _ in range(3))
    for row, readings in enumerate(rows):
        for reading in readings:
            found = in_labels(reading.scores)
            if reading.channel not in CHANNELS or not found or reading.reliability <= 0:
                continue
            at = row, CHANNELS.index(reading.channel)
            evidence[at], sureness[at] = _evidence(found), max(found.values())
            reliability[at], present[at] = min(1.0, reading.reliability), 1.0
    return Signals(evidence=evidence, reliability=reliability, sureness=sureness, present=present)


def in_labels(scores: Mapping[str, float]) -> dict[str, float]:
    """Scores of a channel's own labels as scores of ``LABELS``; labels that mean the same are added."""
    found: dict[str, float] = {}
    for name, score in scores.items():
        label = SAME_LABEL.get(name, name)
        if label in LABELS:
            found[label] = found.get(label, 0.0) + score
    return found


def _evidence(found: Mapping[str, float]) -> FloatArray:
    values = np.array([found.get(label, np.nan) for label in LABELS], np.float32)
    logs = np.log(np.clip(values, _LEAST, 1.0))
    return np.asarray(np.nan_to_num(logs - np.nanmean(logs)), np.float32)

"""The arrays of a speech head: one linear map on standardised features."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tongli.core import FloatArray

_MOST = 8.0
"""Deviations beyond which a feature says nothing more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Linear:
    """A linear map of ``features`` inputs to ``labels`` outputs.

    Attributes:
        mean, scale: shape ``(features,)``; inputs become ``(x - mean) / scale``, and 0 where x is missing.
        weight: shape ``(features, labels)``; bias: ``(labels,)``.
    """

    mean: FloatArray
    scale: FloatArray
    weight: FloatArray
    bias: FloatArray

    def logits(self, features: FloatArray) -> FloatArray:
        """``(n, features)`` → ``(n, labels)``, uncalibrated."""
        return np.asarray(self._standard(features) @ self.weight + self.bias, np.float32)

    def strangeness(self, features: FloatArray) -> FloatArray:
        """How far features are from those learnt from, ``(n,)``: 1 for typical ones, in their deviations."""
        squares = self._standard(features) ** 2
        return np.asarray(np.sqrt(squares.mean(axis=1)), np.float32)

    def _standard(self, features: FloatArray) -> FloatArray:
        inputs = np.nan_to_num((features.astype(np.float64) - self.mean) / self.scale)
        return np.asarray(np.clip(inputs, -_MOST, _MOST), np.float32)


def softmax(logits: FloatArray) -> FloatArray:
    """Rows that sum to 1."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)

"""Replayed texts are drawn at a given share."""

from __future__ import annotations

import numpy as np

from tongli.core import FloatArray


def shared(weights: FloatArray, replayed: np.typing.NDArray[np.bool_], *, share: float) -> FloatArray:
    """Weights ``(texts,)`` of which the replayed ones sum to ``share`` and the others to the rest.

    Without any replayed text, they stay as they are.
    """
    if not replayed.any():
        return weights
    old, new = float(weights[replayed].sum()), float(weights[~replayed].sum())
    return np.where(replayed, weights * (share / old), weights * ((1 - share) / new))

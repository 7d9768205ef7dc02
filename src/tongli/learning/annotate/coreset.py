"""Diversity: examples chosen so that none of the rest is far from a chosen one.

References:
    Sener and Savarese (2018), "Active learning for convolutional neural networks: A core-set approach", ICLR.
    Gonzalez (1985), "Clustering to minimize the maximum intercluster distance" (twice the optimum at most).
"""

from __future__ import annotations

import numpy as np

from tongli.core import FloatArray


def k_center_greedy(features: FloatArray, count: int, *, centres: FloatArray | None = None) -> list[int]:
    """Indices of ``count`` examples, each the farthest from all before it; ties go to the lower index.

    Args:
        features: shape ``(n, width)``.
        count: how many; all n when there are fewer.
        centres: examples that are covered already, shape ``(m, width)``; without any, the first choice is
            the example nearest to the mean.

    Returns:
        Distinct indices, in the order of choice.
    """
    count = min(count, len(features))
    if count <= 0:
        return []
    squares = (features**2).sum(axis=1)
    nearest = np.full(len(features), np.inf, np.float32)
    chosen: list[int] = []
    if centres is not None and len(centres):
        for centre in centres:
            nearest = np.minimum(nearest, _distances(features, squares, centre))
    else:
        chosen.append(int(_distances(features, squares, features.mean(axis=0)).argmin()))
        nearest = _distances(features, squares, features[chosen[0]])
    while len(chosen) < count:
        nearest[chosen] = -1  # copies of a chosen example may still follow, the example itself may not
        farthest = int(nearest.argmax())
        chosen.append(farthest)
        nearest = np.minimum(nearest, _distances(features, squares, features[farthest]))
    return chosen


def standardise(features: FloatArray) -> FloatArray:
    """Each dimension with mean 0 and deviation 1, or 0 where it is constant.

    Encoder states differ more between dimensions than between texts, so raw distances tell little.
    """
    deviation = features.std(axis=0)
    scaled = (features - features.mean(axis=0)) / np.where(deviation > 0, deviation, 1)
    return np.asarray(scaled, np.float32)


def _distances(features: FloatArray, squares: FloatArray, centre: FloatArray) -> FloatArray:
    """Squared Euclidean distances ``(n,)``."""
    return np.asarray(np.maximum(squares - 2 * (features @ centre) + centre @ centre, 0), np.float32)

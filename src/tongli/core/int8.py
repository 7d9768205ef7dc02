"""Symmetric 8-bit integers with one scale a row or column."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tongli.core.encoding import FloatArray


def quantise(matrix: FloatArray, *, axis: int) -> tuple[NDArray[np.int8], FloatArray]:
    """Quantise a matrix; ``matrix ≈ values * scales``.

    Args:
        matrix: shape ``(rows, columns)``.
        axis: the one that shares a scale: 0 gives a scale a column, 1 a scale a row.

    Returns:
        Values of the same shape in -127..127, and scales that broadcast against them.
    """
    scales = np.abs(matrix).max(axis=axis, keepdims=True, initial=0) / 127
    scales = np.where(scales == 0, 1, scales).astype(np.float32)
    return np.round(matrix / scales).astype(np.int8), scales

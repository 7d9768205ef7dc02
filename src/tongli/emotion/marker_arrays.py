"""The network of a tagger: token states and hashed forms → convolutions over units → a tag a unit.

Tags are numbered 0 for outside, and for the label of index ``i`` its first unit ``1 + 2 * i`` and its further
units ``2 + 2 * i`` (Ramshaw and Marcus 1995, "Text chunking using transformation-based learning").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file

from tongli.core import FloatArray
from tongli.core.int8 import quantise
from tongli.core.tensors import save_tensors

_MATRICES = ("up", "forms", "first", "second", "down")


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkerArrays:
    """Weights for states of width ``hidden``, ``inner`` channels and ``tags`` outputs.

    Attributes:
        mean, scale: shape ``(hidden,)``; states become ``(x - mean) * scale``.
        up: shape ``(hidden, inner)``; up_bias: ``(inner,)``.
        forms: shape ``(rows, inner)``, what each hashed form adds; row 0 is zero.
        first, second: shape ``(width * inner, inner)``, convolutions over neighbouring units, earliest unit
            first; first_bias, second_bias: ``(inner,)``.
        down: shape ``(inner, tags)``; bias: ``(tags,)``.
    """

    mean: FloatArray
    scale: FloatArray
    up: FloatArray
    up_bias: FloatArray
    forms: FloatArray
    first: FloatArray
    first_bias: FloatArray
    second: FloatArray
    second_bias: FloatArray
    down: FloatArray
    bias: FloatArray

    def logits(self, states: FloatArray, forms: NDArray[np.int64]) -> FloatArray:
        """States ``(units, hidden)`` and rows of forms ``(units, forms)`` → ``(units, tags)``."""
        inputs = (states - self.mean) * self.scale
        inner = np.maximum(inputs @ self.up + self.up_bias + self.forms[forms].sum(axis=1), 0)
        inner = inner + np.maximum(_neighbours(inner, self.first) @ self.first + self.first_bias, 0)
        inner = inner + np.maximum(_neighbours(inner, self.second) @ self.second + self.second_bias, 0)
        result: FloatArray = inner @ self.down + self.bias
        return result

    def save(self, path: Path) -> None:
        """Write safetensors: matrices as int8 with float32 scales (a row of ``forms``, else a column)."""
        stored: dict[str, NDArray[Any]] = {}
        for name in self.__slots__:
            value = getattr(self, name)
            if name in _MATRICES:
                value, stored[f"{name}_scale"] = quantise(value, axis=1 if name == "forms" else 0)
            stored[name] = np.ascontiguousarray(value)
        save_tensors(stored, path)


def load_arrays(path: Path) -> MarkerArrays:
    """The inverse of :meth:`MarkerArrays.save`; raises ``KeyError``, ``ValueError`` or like safetensors."""
    stored = load_file(path)
    names = MarkerArrays.__slots__
    arrays = MarkerArrays(
        **{name: _whole(stored, name) if name in _MATRICES else stored[name] for name in names}
    )
    hidden, inner = arrays.up.shape
    vectors = {
        "mean": hidden,
        "scale": hidden,
        "up_bias": inner,
        "first_bias": inner,
        "second_bias": inner,
        "bias": arrays.down.shape[1],
    }
    fits = all(getattr(arrays, name).shape == (size,) for name, size in vectors.items())
    wide = all(
        matrix.shape[0] % inner == 0 and matrix.shape[1] == inner for matrix in (arrays.first, arrays.second)
    )
    if not fits or not wide or arrays.forms.shape[1] != inner or arrays.down.shape[0] != inner:
        raise ValueError(path.name)
    return arrays


def _whole(stored: Mapping[str, NDArray[Any]], name: str) -> FloatArray:
    return np.asarray(stored[name] * stored[f"{name}_scale"], np.float32)


def _neighbours(inner: FloatArray, matrix: FloatArray) -> FloatArray:
    """Each unit beside its neighbours, zeros beyond the ends: ``(units, width * inner)``."""
    units, channels = inner.shape
    width = matrix.shape[0] // channels
    padded = np.pad(inner, ((width // 2, width // 2), (0, 0)))
    return np.concatenate([padded[shift : shift + units] for shift in range(width)], axis=1)

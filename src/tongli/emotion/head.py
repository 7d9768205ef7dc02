"""One head: a small multi-layer perceptron on features, the weights of words beside it, calibrated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file

from tongli.core import FloatArray, ModelError
from tongli.core.int8 import quantise
from tongli.core.tensors import save_tensors
from tongli.emotion.card import Card, load_card
from tongli.emotion.words import Grams, Words, read_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrays:
    """Weights of a head for ``features`` inputs, ``inner`` hidden units and ``labels`` outputs.

    Attributes:
        mean, scale: shape ``(features,)``; inputs become ``(x - mean) * scale``.
        up: shape ``(features, inner)``; up_bias: ``(inner,)``.
        down: shape ``(inner, labels)``; bias: ``(labels,)``.
    """

    mean: FloatArray
    scale: FloatArray
    up: FloatArray
    up_bias: FloatArray
    down: FloatArray
    bias: FloatArray

    def logits(self, features: FloatArray) -> FloatArray:
        """``(batch, features)`` → ``(batch, labels)``."""
        inputs = (features - self.mean) * self.scale
        inner = np.maximum(inputs @ self.up + self.up_bias, 0)
        return inner @ self.down + self.bias

    def save(self, path: Path, *, words: Words | None = None) -> None:
        """Write safetensors: matrices as int8 with a float32 scale a column, vectors as float32.

        Args:
            path: of the file.
            words: of the same head, which are written beside the arrays.
        """
        stored: dict[str, NDArray[Any]] = {} if words is None else words.stored()
        for name in self.__slots__:
            value = getattr(self, name)
            if value.ndim == 2:
                value, stored[f"{name}_scale"] = quantise(value, axis=0)
            # safetensors writes memory as it lies, so a transposed view must be laid out first.
            stored[name] = np.ascontiguousarray(value)
        save_tensors(stored, path)


def load_arrays(path: Path, *, outputs: int) -> Arrays:
    """The inverse of :meth:`Arrays.save`.

    Args:
        path: of the file.
        outputs: labels, or other outputs, that there must be.

    Raises:
        OSError, SafetensorError, KeyError, TypeError, ValueError: missing, damaged or ill-fitting arrays.
    """
    return _arrays(load_file(path), outputs=outputs)


def _arrays(stored: Mapping[str, NDArray[Any]], *, outputs: int) -> Arrays:
    matrices = {name: stored[name] * stored[f"{name}_scale"] for name in ("up", "down")}
    vectors = {name: stored[name] for name in ("mean", "scale", "up_bias", "bias")}
    arrays = Arrays(**matrices, **vectors)
    _check(arrays, outputs=outputs)
    return arrays


@dataclass(frozen=True, slots=True)
class Head:
    """Arrays, card, and the weights of words if there are any."""

    arrays: Arrays
    card: Card
    words: Words | None = None

    def logits(self, features: FloatArray, found: Grams, *, languages: Sequence[str]) -> FloatArray:
        """``(batch, labels)``; arguments as in :meth:`values`."""
        dense = self.arrays.logits(features)
        return dense + self.said(found, languages=languages, dense=dense)

    def said(self, found: Grams, *, languages: Sequence[str], dense: FloatArray) -> FloatArray:
        """What the words add to the logits of the arrays, ``(batch, labels)``: nothing without them."""
        if self.words is None:
            return np.zeros_like(dense)
        return self.words.logits(found, languages=languages, dense=dense)

    def values(self, features: FloatArray, found: Grams, *, languages: Sequence[str]) -> FloatArray:
        """Calibrated values.

        Args:
            features: ``(batch, features)`` from the encoder named in the card.
            found: grams of the texts' pieces, from the same encoder.
            languages: BCP-47 tag of each text.

        Returns:
            ``(batch, labels)`` in the range of the scheme; rows of a multi-class head sum to 1.
        """
        logits = self.logits(features, found, languages=languages)
        return calibrate(logits, card=self.card, languages=languages)


def calibrate(logits: FloatArray, *, card: Card, languages: Sequence[str]) -> FloatArray:
    """Apply the card's calibration; shapes as in :meth:`Head.values`."""
    calibration = card.calibration
    shifted = logits * np.asarray(calibration.slope, np.float32)
    shifted += np.asarray(calibration.offset, np.float32)
    if calibration.by_language:
        shifts = {tag: calibration.shift(tag) for tag in set(languages)}
        shifted += np.asarray([shifts[tag] for tag in languages], np.float32)
    return _link(shifted, card)


def _link(values: FloatArray, card: Card) -> FloatArray:
    scheme = card.scheme
    if scheme.kind == "multiclass":
        powers = np.exp(values - values.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)
    if scheme.kind in {"ordinal", "regression"}:
        return np.clip(values, scheme.low, scheme.high)
    return np.asarray(1 / (1 + np.exp(-np.clip(values, -30, 30))), np.float32)


def load_head(folder: Path, name: str) -> Head:
    """Read ``NAME.safetensors`` and ``NAME.json``.

    Raises:
        ModelError: ``heads.card`` or ``heads.arrays`` for missing, damaged or ill-fitting files.
    """
    card = load_card(folder / f"{name}.json")
    try:
        stored = load_file(folder / f"{name}.safetensors")
        arrays = _arrays(stored, outputs=len(card.labels))
        words = read_words(stored, languages=card.words, labels=len(card.labels))
    except (OSError, SafetensorError, KeyError, TypeError, ValueError) as broken:
        raise ModelError(
            "heads.arrays",
            received=f"{name}.safetensors: {type(broken).__name__}",
            allowed="the arrays of a head, of the shapes its card implies",
            fix="Reinstall tongli, or train the head again.",
        ) from broken
    return Head(arrays, card, words)


def _check(arrays: Arrays, *, outputs: int) -> None:
    shapes = (arrays.scale.shape, arrays.up.shape, arrays.down.shape, arrays.bias.shape)
    width, inner = len(arrays.mean), len(arrays.up_bias)
    if shapes != ((width,), (width, inner), (inner, outputs), (outputs,)):
        raise ValueError(shapes)

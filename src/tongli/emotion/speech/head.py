"""A speech head: arrays and card, and the probabilities they give."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file

from tongli.core import FloatArray, ModelError
from tongli.core.tensors import save_tensors
from tongli.emotion.speech.card import Calibration, SpeechCard, load_card
from tongli.emotion.speech.linear import Linear, softmax
from tongli.knowledge.speech_labels import SPEECH_LABELS

HISTORY = 8
"""Clips of a speaker from which on their own mean is trusted."""

_ARRAYS, _CARD = "speech.safetensors", "speech.json"
_LEAST = 1e-6


@dataclass(frozen=True)
class SpeechHead:
    """A head.

    Attributes:
        plain: reads the features as they are.
        own: reads them relative to the mean of the speaker's history.
        card: everything else.
    """

    plain: Linear
    own: Linear
    card: SpeechCard

    def probabilities(self, features: FloatArray, *, mean: FloatArray | None = None) -> FloatArray:
        """Calibrated probabilities of ``SPEECH_LABELS``, ``(n, 8)``, each row summing to 1.

        A label that no training clip had gets the geometric mean of the others: nothing speaks for or
        against it.

        Args:
            features: ``(n, features)``.
            mean: of the speaker's history, ``(features,)``; ``None`` when there is none.
        """
        linear, calibration = self._of(mean)
        relative = features if mean is None else features - mean
        flatter = self.strangeness(features, mean=mean) ** 2
        known = softmax(linear.logits(relative) * calibration.slope / flatter[:, None])
        unknown = np.exp(np.log(np.maximum(known, _LEAST)).mean(axis=1))
        table = np.repeat(unknown[:, None], len(SPEECH_LABELS), axis=1)
        table[:, self._columns] = known
        return np.asarray(table / table.sum(axis=1, keepdims=True), np.float32)

    def strangeness(self, features: FloatArray, *, mean: FloatArray | None = None) -> FloatArray:
        """How much stranger features are than an unknown speaker's, ``(n,)``: 1 up to the typical ones."""
        linear, calibration = self._of(mean)
        found = linear.strangeness(features if mean is None else features - mean)
        return np.asarray(np.maximum(found / calibration.strangeness, 1), np.float32)

    def threshold(self, *, own: bool) -> float:
        """Probability from which a label is decided."""
        return (self.card.own if own else self.card.plain).threshold

    def save(self, folder: Path) -> None:
        """Write ``speech.safetensors`` and ``speech.json`` into a folder, made when missing."""
        folder.mkdir(parents=True, exist_ok=True)
        arrays = {
            f"{part}.{field.name}": np.ascontiguousarray(getattr(linear, field.name), np.float32)
            for part, linear in (("plain", self.plain), ("own", self.own))
            for field in fields(linear)
        }
        save_tensors(arrays, folder / _ARRAYS)
        self.card.save(folder / _CARD)

    def _of(self, mean: FloatArray | None) -> tuple[Linear, Calibration]:
        return (self.plain, self.card.plain) if mean is None else (self.own, self.card.own)

    @cached_property
    def _columns(self) -> list[int]:
        return [SPEECH_LABELS.index(label) for label in self.card.labels]


def load_head(folder: Path) -> SpeechHead:
    """Read a head.

    Raises:
        ModelError: ``heads.card`` or ``heads.arrays`` for missing, damaged or ill-fitting files.
    """
    card = load_card(folder / _CARD)
    try:
        stored = load_file(folder / _ARRAYS)
        plain, own = (
            Linear(**{field.name: stored[f"{part}.{field.name}"] for field in fields(Linear)})
            for part in ("plain", "own")
        )
        for linear in (plain, own):
            _check(linear, labels=len(card.labels))
    except (OSError, SafetensorError, KeyError, ValueError) as broken:
        raise ModelError(
            "heads.arrays",
            received=f"{_ARRAYS}: {type(broken).__name__}",
            allowed="the arrays of a speech head, of the shapes its card implies",
            fix="Reinstall tongli, or train the head again.",
        ) from broken
    return SpeechHead(plain, own, card)


def _check(linear: Linear, *, labels: int) -> None:
    width = len(linear.mean)
    if (linear.scale.shape, linear.weight.shape, linear.bias.shape) != ((width,), (width, labels), (labels,)):
        raise ValueError(linear.weight.shape)

"""Feelings that a text tells outright: "Ew, there's a hair in my soup" is disgust.

Sets of labelled emotions hold few of the usual ways in which people say what they feel, and in many
languages none. A small network of its own learnt such sentences in 44 languages, and others whose words say
otherwise than the writer feels (``scripts/told.py``). Where it is sure of a feeling, ``ekman6`` and
``sentiment`` are moved towards it, and away from feelings that it is sure are not there.

It is two files beside the heads, ``told.safetensors`` and ``told.json``; without them nothing is moved.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tongli.core import FloatArray
from tongli.emotion import beside
from tongli.emotion.beside import BesideCard
from tongli.emotion.card import Card
from tongli.emotion.head import Arrays
from tongli.knowledge.schemes import SCHEMES

NAME = "told"
LABELS = SCHEMES["ekman6"].labels

MOVED: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "ekman6": {label: (label,) for label in LABELS},
    "sentiment": {"negative": ("anger", "disgust", "fear", "sadness"), "positive": ("joy",)},
}
"""Heads that are moved: label → the feelings any of which speaks for it."""

_LIMITS = ("told", "untold", "on", "off")
_LEAST = 1e-5
"""Values nearer than this to 0 or 1 are taken for this."""


@dataclass(frozen=True, slots=True)
class Told:
    """Arrays with an output a label, the log-odds that a text tells that feeling, and card.

    Its limits, in log-odds: a label gains ``on`` for each above ``told``; where any is above that, others
    lose ``off`` for each below ``untold``.
    """

    arrays: Arrays
    card: BesideCard

    def odds(self, features: FloatArray) -> FloatArray:
        """Log-odds ``(texts, labels)`` that texts tell a feeling.

        Args:
            features: ``(texts, features)`` from the encoder named in the card.
        """
        return self.arrays.logits(features)

    def moved(self, values: FloatArray, odds: FloatArray, *, card: Card) -> FloatArray:
        """Values of a head, moved where a feeling is told.

        Args:
            values: ``(texts, labels)``, calibrated, of a head in :data:`MOVED`.
            odds: of the same texts, from :meth:`odds`.
            card: of the head.
        """
        shift = self._shift(odds, card=card)
        if card.scheme.kind == "multiclass":
            # Values sum to 1: where one gains, the others lose already.
            weighed = values * np.exp(np.maximum(shift, 0))
            return np.asarray(weighed / weighed.sum(axis=1, keepdims=True), np.float32)
        kept = np.clip(values.astype(np.float64), _LEAST, 1 - _LEAST)
        moved = 1 / (1 + (1 - kept) / kept * np.exp(-shift))
        return np.asarray(np.where(shift == 0, values, moved), np.float32)

    def _shift(self, odds: FloatArray, *, card: Card) -> FloatArray:
        """Log-odds ``(texts, labels)`` that labels of a head gain or lose."""
        limits, meant = self.card.limits, MOVED[card.head]
        shift = np.zeros((len(odds), len(card.labels)), np.float32)
        any_told = (odds > limits["told"]).any(axis=1)
        for column, label in enumerate(card.labels):
            if label not in meant:
                continue
            best = odds[:, [LABELS.index(feeling) for feeling in meant[label]]].max(axis=1)
            above = np.maximum(0, best - limits["told"])
            below = np.maximum(0, limits["untold"] - best) * any_told
            shift[:, column] = limits["on"] * above - limits["off"] * below
        return shift

    def save(self, folder: Path) -> None:
        """Write both files; raises ``StorageError`` (``told.unwritable``)."""
        beside.write(folder, NAME, arrays=self.arrays, card=self.card)


def find_told(folder: Path, *, encoder: str) -> Told | None:
    """The network of a folder; ``None`` where it has none for this encoder.

    Raises:
        ModelError: ``told.damaged``.
    """
    found = beside.find(folder, NAME, encoder=encoder, outputs=len(LABELS), limits=_LIMITS)
    return found and Told(*found)

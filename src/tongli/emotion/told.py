"""Feelings that a text tells outright: "Ew, there's a hair in my soup" is disgust.

Sets of labelled emotions hold few of the usual ways in which people say what they feel, and in many
languages none. A small network of its own learnt such sentences in 44 languages (``scripts/told.py``). Where
it is sure of a feeling, ``ekman6`` is moved towards it, and away from feelings that it is sure are not there.

It is two files beside the heads, ``told.safetensors`` and ``told.json``; without them nothing is moved.
"""

from __future__ import annotations

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
HEAD = "ekman6"
LABELS = SCHEMES[HEAD].labels

_LEAST = 1e-5
"""Values nearer than this to 0 or 1 are taken for this."""


@dataclass(frozen=True, slots=True)
class Told:
    """Arrays with an output a label, the log-odds that a text tells that feeling, and card.

    Its limits, in log-odds: a feeling gains ``on`` for each above ``told``; where any feeling is above that,
    others lose ``off`` for each below ``untold``.
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
        """Values of the head, moved where a feeling is told.

        Args:
            values: ``(texts, labels)``, calibrated, of ``ekman6``.
            odds: of the same texts, from :meth:`odds`.
            card: of the head.
        """
        limits = self.card.limits
        above = np.maximum(0, odds - limits["told"])
        below = np.maximum(0, limits["untold"] - odds) * above.any(axis=1, keepdims=True)
        shift = limits["on"] * above - limits["off"] * below
        kept = np.clip(values.astype(np.float64), _LEAST, 1 - _LEAST)
        columns = [LABELS.index(label) for label in card.labels]
        moved = 1 / (1 + (1 - kept) / kept * np.exp(-shift[:, columns]))
        return np.asarray(np.where(shift[:, columns] == 0, values, moved), np.float32)

    def save(self, folder: Path) -> None:
        """Write both files; raises ``StorageError`` (``told.unwritable``)."""
        beside.write(folder, NAME, arrays=self.arrays, card=self.card)


def find_told(folder: Path, *, encoder: str) -> Told | None:
    """The network of a folder; ``None`` where it has none for this encoder.

    Raises:
        ModelError: ``told.damaged``.
    """
    found = beside.find(folder, NAME, encoder=encoder, outputs=len(LABELS))
    return found and Told(*found)

"""Plain texts: questions, requests and facts that express no feeling, of which heads are to tell none.

Sets of labelled emotions hold hardly any, so heads that learn from them alone tell fear in "set an alarm for
seven". A small network of its own learnt plain texts and others in many languages (``scripts/plain.py``).
What it takes for plain has less of every feeling.

It is two files beside the heads, ``plain.safetensors`` and ``plain.json``; without them nothing is calmed.
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

NAME = "plain"

CALMED = frozenset({"ekman6", "plutchik8", "goemotions28", "sentiment"})
"""Heads that tell feelings; heads of one's own learnt from one's own texts and stay as they are."""

NO_FEELINGS = frozenset({"neutral", "curiosity"})
"""Labels that stay: who asks for something is curious, and an answer must know."""


@dataclass(frozen=True, slots=True)
class Plain:
    """Arrays with one output, the log-odds of being plain, and card.

    Its limits: ``clearly``, the log-odds from where on a feeling loses something, and ``off``, the log-odds
    that it loses a log-odds above that.
    """

    arrays: Arrays
    card: BesideCard

    def odds(self, features: FloatArray) -> FloatArray:
        """Log-odds ``(texts,)`` that texts are plain.

        Args:
            features: ``(texts, features)`` from the encoder named in the card.
        """
        return self.arrays.logits(features)[:, 0]

    def calmed(self, values: FloatArray, odds: FloatArray, *, card: Card) -> FloatArray:
        """Values of a head, less of every feeling the surer a text is plain.

        Args:
            values: ``(texts, labels)``, calibrated.
            odds: of the same texts, from :meth:`odds`.
            card: of the head, multi-label or multi-class.
        """
        limits = self.card.limits
        left = np.exp(-limits["off"] * np.maximum(0, odds - limits["clearly"]))
        feelings = np.array([label not in NO_FEELINGS for label in card.labels])
        weighed = values * np.where(feelings, left[:, None], 1)
        if card.scheme.kind == "multiclass":
            return np.asarray(weighed / weighed.sum(axis=1, keepdims=True), np.float32)
        return np.asarray(weighed / (weighed + 1 - values), np.float32)

    def save(self, folder: Path) -> None:
        """Write both files; raises ``StorageError`` (``plain.unwritable``)."""
        beside.write(folder, NAME, arrays=self.arrays, card=self.card)


def find_plain(folder: Path, *, encoder: str) -> Plain | None:
    """The network of a folder; ``None`` where it has none for this encoder.

    Raises:
        ModelError: ``plain.damaged``.
    """
    found = beside.find(folder, NAME, encoder=encoder, outputs=1, limits=("clearly", "off"))
    return found and Plain(*found)

"""Plain texts: questions, requests and facts that express no feeling, of which heads are to tell none.

Sets of labelled emotions hold hardly any, so heads that learn from them alone tell fear in "set an alarm for
seven". A small network of its own learnt plain texts and others in many languages (``scripts/plain.py``).
What it takes for plain has less of every feeling.

It is two files beside the heads, ``plain.safetensors`` and ``plain.json``; without them nothing is calmed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import SafetensorError

from tongli.core import FloatArray, ModelError
from tongli.core.writing import writing
from tongli.emotion.card import Card, Source
from tongli.emotion.head import Arrays, load_arrays

FORMAT = 1
ARRAYS, CARD = "plain.safetensors", "plain.json"

CALMED = frozenset({"ekman6", "plutchik8", "goemotions28", "sentiment"})
"""Heads that tell feelings; heads of one's own learnt from one's own texts and stay as they are."""

NO_FEELINGS = frozenset({"neutral", "curiosity"})
"""Labels that stay: who asks for something is curious, and an answer must know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainCard:
    """Everything about the network but its arrays.

    Attributes:
        encoder: id of the encoder whose features it reads.
        data: training sets.
        languages: of the texts that it learnt from.
        clearly: log-odds of being plain from where on a feeling loses something.
        off: log-odds that it loses a log-odds above that.
        metrics: measured figures.
        format: of this file.
        seed: of the training run.
    """

    encoder: str
    data: tuple[Source, ...]
    languages: tuple[str, ...]
    clearly: float
    off: float
    metrics: Mapping[str, Any] = field(default_factory=dict)
    format: int = FORMAT
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Plain:
    """Arrays with one output, the log-odds of being plain, and card."""

    arrays: Arrays
    card: PlainCard

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
        left = np.exp(-self.card.off * np.maximum(0, odds - self.card.clearly))
        feelings = np.array([label not in NO_FEELINGS for label in card.labels])
        weighed = values * np.where(feelings, left[:, None], 1)
        if card.scheme.kind == "multiclass":
            return np.asarray(weighed / weighed.sum(axis=1, keepdims=True), np.float32)
        return np.asarray(weighed / (weighed + 1 - values), np.float32)

    def save(self, folder: Path) -> None:
        """Write both files, matrices as int8; the card last.

        Raises:
            StorageError: ``plain.unwritable``.
        """
        with writing("plain.unwritable", folder):
            self.arrays.save(folder / ARRAYS)
            text = json.dumps(asdict(self.card), ensure_ascii=False, indent=1)
            (folder / CARD).write_text(f"{text}\n", encoding="utf-8")


def find_plain(folder: Path, *, encoder: str) -> Plain | None:
    """The network of a folder; ``None`` where it has none for this encoder.

    Raises:
        ModelError: ``plain.damaged``.
    """
    if not (folder / CARD).is_file():
        return None
    try:
        data = json.loads((folder / CARD).read_text(encoding="utf-8"))
        sources = tuple(Source(**source) for source in data.pop("data"))
        card = PlainCard(**{**data, "data": sources, "languages": tuple(data["languages"])})
        arrays = load_arrays(folder / ARRAYS, outputs=1) if card.encoder == encoder else None
        whole = card.format == FORMAT
    except (OSError, SafetensorError, ValueError, KeyError, TypeError, AttributeError) as broken:
        raise _damaged(type(broken).__name__) from broken
    if not whole:
        raise _damaged(f"format {card.format}")
    return None if arrays is None else Plain(arrays, card)


def _damaged(what: str) -> ModelError:
    return ModelError(
        "plain.damaged",
        received=f"{CARD}: {what}",
        allowed=f"{CARD} of format {FORMAT} and {ARRAYS} that fits it, or neither",
        fix="Reinstall tongli, or delete both files from the folder of heads.",
    )

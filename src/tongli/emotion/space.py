"""The emotion space: messages as unit vectors, near each other when they feel alike, in any language.

A space is two files beside the heads: ``space.safetensors``, a small projection of the encoder's features,
and ``space.json``, its card. It is trained by ``tongli learn contrast``; reading with it needs numpy only.

References:
    Khosla et al. (2020), "Supervised Contrastive Learning", NeurIPS.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError

from tongli.core import FloatArray, ModelError
from tongli.core.writing import writing
from tongli.emotion.card import Source
from tongli.emotion.head import Arrays, load_arrays

FORMAT = 1
ARRAYS, CARD = "space.safetensors", "space.json"

_BLOCK = 1024
"""Queries compared at once, so that memory grows with the number of messages and not with its square."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceCard:
    """Everything about a space but its arrays.

    Attributes:
        encoder: id of the encoder whose features it reads.
        size: of its vectors.
        data: training sets.
        languages: languages seen in training.
        metrics: measured figures, by the split they were measured on.
        format: of this file.
        seed: of the training run.
        releasable: whether the licences of the data let the weights be released.
        made_by: version of tongli, and digests of the recipe and of the texts that were learnt from.
    """

    encoder: str
    size: int
    data: tuple[Source, ...]
    languages: tuple[str, ...]
    metrics: Mapping[str, Any] = field(default_factory=dict)
    format: int = FORMAT
    seed: int = 0
    releasable: bool = True
    made_by: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Space:
    """Arrays, whose outputs are the directions of the vectors, and card."""

    arrays: Arrays
    card: SpaceCard

    def vectors(self, features: FloatArray) -> FloatArray:
        """Unit vectors ``(messages, size)``, float32, whose products are cosines.

        Args:
            features: ``(messages, features)`` from the encoder named in the card.
        """
        found = self.arrays.logits(np.asarray(features, np.float32))
        norms = np.linalg.norm(found, axis=1, keepdims=True)
        return np.asarray(found / np.maximum(norms, 1e-12), np.float32)

    def save(self, folder: Path) -> None:
        """Write both files, matrices as int8; the card last.

        Raises:
            StorageError: ``space.unwritable``.
        """
        with writing("space.unwritable", folder):
            folder.mkdir(parents=True, exist_ok=True)
            self.arrays.save(folder / ARRAYS)
            text = json.dumps(asdict(self.card), ensure_ascii=False, indent=1)
            (folder / CARD).write_text(f"{text}\n", encoding="utf-8")


def nearest(
    queries: FloatArray,
    among: FloatArray,
    *,
    count: int = 10,
    barred: NDArray[np.bool_] | None = None,
) -> tuple[NDArray[np.intp], FloatArray]:
    """The messages that feel most like each query.

    Args:
        queries: unit vectors ``(queries, size)``.
        among: unit vectors ``(messages, size)``.
        count: how many to find.
        barred: ``(queries, messages)``, messages that a query may not get, such as itself.

    Returns:
        Rows of ``among`` and their cosines, both ``(queries, min(count, messages))``, the nearest first.
        Where fewer messages are left the rest is row -1 with cosine -inf.
    """
    count = min(count, len(among))
    rows = np.empty((len(queries), count), np.intp)
    cosines = np.empty((len(queries), count), np.float32)
    for start in range(0, len(queries), _BLOCK):
        part = slice(start, start + _BLOCK)
        found = queries[part] @ among.T
        if barred is not None:
            found[barred[part]] = -np.inf
        top = np.argpartition(-found, max(count - 1, 0), axis=1)[:, :count] if count < len(among) else None
        rows[part], cosines[part] = _sorted(found, top)
    rows[np.isneginf(cosines)] = -1
    return rows, cosines


def _sorted(found: FloatArray, top: NDArray[np.intp] | None) -> tuple[NDArray[np.intp], FloatArray]:
    """The chosen columns of each row, or all, by falling cosine; equal ones by their place."""
    top = np.broadcast_to(np.arange(found.shape[1]), found.shape) if top is None else np.sort(top, axis=1)
    values = np.take_along_axis(found, top, axis=1)
    order = np.argsort(-values, axis=1, kind="stable")
    return np.take_along_axis(top, order, axis=1), np.take_along_axis(values, order, axis=1)


def find_space(folder: Path, *, encoder: str) -> Space | None:
    """The space of a folder, ``None`` where it has none; raises as :func:`load_space`."""
    return load_space(folder, encoder=encoder) if (folder / CARD).is_file() else None


def load_space(folder: Path, *, encoder: str) -> Space:
    """Read ``space.safetensors`` and ``space.json``.

    Args:
        folder: of heads and space.
        encoder: id of the encoder that the features will come from.

    Raises:
        ModelError: ``space.card`` or ``space.arrays`` for missing, damaged or ill-fitting files,
            ``space.encoder`` for a space of another encoder.
    """
    card = _load_card(folder / CARD)
    if card.encoder != encoder:
        raise ModelError(
            "space.encoder",
            received=f"features of {encoder}",
            allowed=f"features of {card.encoder}, which the space was trained on",
            fix="Use that encoder, or train a space for this one: tongli learn contrast.",
        )
    try:
        arrays = load_arrays(folder / ARRAYS, outputs=card.size)
    except (OSError, SafetensorError, KeyError, TypeError, ValueError) as broken:
        raise ModelError(
            "space.arrays",
            received=f"{ARRAYS}: {type(broken).__name__}",
            allowed="the arrays of an emotion space, of the shapes its card implies",
            fix="Train the space again: tongli learn contrast.",
        ) from broken
    return Space(arrays, card)


def _load_card(path: Path) -> SpaceCard:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        sources = tuple(Source(**source) for source in data["data"])
        card = SpaceCard(**{**data, "data": sources, "languages": tuple(data["languages"])})
    except (OSError, ValueError, KeyError, TypeError) as broken:
        raise _bad(path, type(broken).__name__) from broken
    if card.format != FORMAT:
        raise _bad(path, f"format {card.format}")
    return card


def _bad(path: Path, what: str) -> ModelError:
    return ModelError(
        "space.card",
        received=f"{path.name}: {what}",
        allowed=f"the card of an emotion space, of format {FORMAT}",
        fix="Train a space: tongli learn contrast.",
    )

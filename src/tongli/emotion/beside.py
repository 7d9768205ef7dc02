"""Small networks beside the heads, each two files: its arrays and its card."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from safetensors import SafetensorError

from tongli.core import ModelError
from tongli.core.writing import writing
from tongli.emotion.card import Source
from tongli.emotion.head import Arrays, load_arrays

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class BesideCard:
    """Everything about a network but its arrays.

    Attributes:
        encoder: id of the encoder whose features it reads.
        data: training sets.
        languages: of the texts that it learnt from.
        limits: from which log-odds on it says something, and how much; see the network.
        metrics: measured figures.
        format: of this file.
        seed: of the training run.
    """

    encoder: str
    data: tuple[Source, ...]
    languages: tuple[str, ...]
    limits: Mapping[str, float]
    metrics: Mapping[str, Any] = field(default_factory=dict)
    format: int = FORMAT
    seed: int = 0


def files_of(name: str) -> tuple[str, str]:
    """Names of the card and of the arrays of a network."""
    return f"{name}.json", f"{name}.safetensors"


def write(folder: Path, name: str, *, arrays: Arrays, card: BesideCard) -> None:
    """Write both files, matrices as int8; the card last.

    Raises:
        StorageError: ``plain.unwritable``, ``told.unwritable``.
    """
    told, held = files_of(name)
    with writing(f"{name}.unwritable", folder):
        arrays.save(folder / held)
        text = json.dumps(asdict(card), ensure_ascii=False, indent=1)
        (folder / told).write_text(f"{text}\n", encoding="utf-8")


def find(
    folder: Path, name: str, *, encoder: str, outputs: int, limits: Iterable[str]
) -> tuple[Arrays, BesideCard] | None:
    """The network of a folder; ``None`` where it has none for this encoder.

    Args:
        folder: of heads.
        name: of the network.
        encoder: whose features are read.
        outputs: that it has to have.
        limits: that its card has to hold.

    Raises:
        ModelError: ``plain.damaged``, ``told.damaged``.
    """
    told, held = files_of(name)
    if not (folder / told).is_file():
        return None
    try:
        data = json.loads((folder / told).read_text(encoding="utf-8"))
        sources = tuple(Source(**source) for source in data.pop("data"))
        card = BesideCard(**{**data, "data": sources, "languages": tuple(data["languages"])})
        arrays = load_arrays(folder / held, outputs=outputs) if card.encoder == encoder else None
        whole = card.format == FORMAT
    except (OSError, SafetensorError, ValueError, KeyError, TypeError, AttributeError) as broken:
        raise _damaged(name, type(broken).__name__) from broken
    if not whole:
        raise _damaged(name, f"format {card.format}")
    missing = sorted(set(limits) - set(card.limits))
    if missing:
        raise _damaged(name, f"no limit {', '.join(missing)}")
    return None if arrays is None else (arrays, card)


def _damaged(name: str, what: str) -> ModelError:
    card, arrays = files_of(name)
    return ModelError(
        f"{name}.damaged",
        received=f"{card}: {what}",
        allowed=f"{card} of format {FORMAT} and {arrays} that fits it, or neither",
        fix="Reinstall tongli, or delete both files from the folder of heads.",
    )

"""The card of a tagger, beside its arrays: ``NAME.json`` and ``NAME.safetensors``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tongli.core import ModelError
from tongli.emotion.card import Source
from tongli.knowledge.tags import nearest

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkerCard:
    """Everything about a tagger but its arrays.

    Attributes:
        name: of the tagger and its two files.
        encoder: id of the layers whose token states it reads (``Tokens.encoder``).
        labels: of its spans.
        data: training sets.
        languages: languages seen in training.
        slope, offset: logit of a span's raw probability → logit of the chance that its borders and label are
            those of an annotator (Platt 1999).
        threshold: chance from which a span is reported.
        metrics: measured figures, by split.
        format: of this file.
        seed: of the training run.
        releasable: whether the licences of the data let the weights be released.
        made_by: version of tongli, and a digest of what was learnt from.
    """

    name: str
    encoder: str
    labels: tuple[str, ...]
    data: tuple[Source, ...]
    languages: tuple[str, ...]
    slope: float = 1.0
    offset: float = 0.0
    threshold: float = 0.0
    metrics: Mapping[str, Any] = field(default_factory=dict)
    format: int = FORMAT
    seed: int = 0
    releasable: bool = True
    made_by: Mapping[str, str] = field(default_factory=dict)

    def knows(self, tag: str) -> bool:
        """Whether the tagger was trained on a language, or on a near relative of it."""
        return bool(nearest(tag, self.languages))

    def save(self, path: Path) -> None:
        """Write the JSON card."""
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def load_marker_card(path: Path) -> MarkerCard:
    """Read a card.

    Raises:
        ModelError: ``markers.card`` for a missing, damaged or outdated card.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        card = MarkerCard(
            **{
                **data,
                "labels": tuple(data["labels"]),
                "languages": tuple(data["languages"]),
                "data": tuple(Source(**source) for source in data["data"]),
            }
        )
    except (OSError, ValueError, KeyError, TypeError) as broken:
        raise _bad(path, type(broken).__name__) from broken
    if card.format != FORMAT or not card.labels:
        raise _bad(path, f"format {card.format} with {len(card.labels)} labels")
    return card


def _bad(path: Path, what: str) -> ModelError:
    return ModelError(
        "markers.card",
        received=f"{path.name}: {what}",
        allowed=f"a tagger's card of format {FORMAT}",
        fix="Reinstall tongli, or train the tagger again with `tongli learn tag`.",
    )

"""What the fusion joins, and the card of its weights."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tongli.core import Channel, ModelError
from tongli.emotion.card import Source
from tongli.knowledge.schemes import EKMAN6

FORMAT = 1

LABELS = (*EKMAN6, "neutral")
"""What a message shows, one of seven; the probabilities of a fused reading sum to 1."""

CHANNELS: tuple[Channel, ...] = ("text", "speech", "face")
"""Channels that are joined. A scene tells where people are, not what they show, so it stays beside them."""

SAME_LABEL: Mapping[str, str] = MappingProxyType(
    {
        "angry": "anger",
        "disgusted": "disgust",
        "fearful": "fear",
        "happy": "joy",
        "sad": "sadness",
        "surprised": "surprise",
        "calm": "neutral",
    }
)
"""What a voice is said to show → the label of :data:`LABELS` it is read as."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FusionCard:
    """Everything about the fusion but its arrays.

    Attributes:
        labels, channels: in the order of the arrays; stored so that a change is noticed.
        data: what it learnt from, and under which licence.
        notes: what a reader of its figures must know, such as readings that were simulated.
        text_threshold: probability from which the words decide a feeling.
        threshold: probability from which the joined reading decides a label.
        metrics: measured figures, with what they were measured on.
        seed: of the training run.
        format: of this file.
    """

    labels: tuple[str, ...] = LABELS
    channels: tuple[str, ...] = CHANNELS
    data: tuple[Source, ...] = ()
    notes: tuple[str, ...] = ()
    text_threshold: float
    threshold: float
    metrics: Mapping[str, Any]
    seed: int = 0
    format: int = FORMAT

    def save(self, path: Path) -> None:
        """Write the card as JSON."""
        path.write_text(json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def load_fusion_card(path: Path) -> FusionCard:
    """Read and check a card; raises ``ModelError`` (``fusion.card``)."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        data["data"] = tuple(Source(**source) for source in data["data"])
        data.update((name, tuple(data[name])) for name in ("labels", "channels", "notes"))
        card = _checked(FusionCard(**data))
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as broken:
        raise ModelError(
            "fusion.card",
            received=f"{path.name}: {type(broken).__name__}",
            allowed="the card of a fusion that this version of tongli made",
            fix="Reinstall tongli, or train the fusion again.",
        ) from broken
    return card


def _checked(card: FusionCard) -> FusionCard:
    if (card.labels, card.channels, card.format) != (LABELS, CHANNELS, FORMAT):
        raise ValueError(card.format)
    return card

"""The card of a speech head: what it learnt from, how it is calibrated, when it decides, how good it is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tongli.core import ModelError
from tongli.emotion.card import Source
from tongli.knowledge.speech_labels import SPEECH_LABELS

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Logits → probabilities, and when they decide.

    Attributes:
        slope: logits are multiplied by it before the softmax (Guo et al. 2017), fitted on speakers left out.
        strangeness: median of speakers left out; a recording stranger than that has its logits divided by
            the square of how much stranger it is.
        threshold: probability from which a label is decided.
    """

    slope: float
    strangeness: float
    threshold: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechCard:
    """Everything about a speech head but its arrays.

    Attributes:
        encoder: id of the voice encoder whose features it reads.
        labels: that it learnt, in the order of its outputs; some of ``SPEECH_LABELS``.
        data: training sets.
        languages: BCP-47 tags heard in training.
        plain: calibration for a speaker of whom nothing else is known.
        own: the same where features are taken relative to the speaker's own history.
        metrics: measured figures, with the split they were measured on.
        notes: what a user must know.
        format: of this file.
        seed: of the training run.
        releasable: whether the licences of the data let the weights be released.
        made_by: version of tongli, and digests of the recipe and of the clips.
    """

    encoder: str
    labels: tuple[str, ...]
    data: tuple[Source, ...]
    languages: tuple[str, ...]
    plain: Calibration
    own: Calibration
    metrics: Mapping[str, Any]
    notes: tuple[str, ...] = ()
    format: int = FORMAT
    seed: int = 0
    releasable: bool = True
    made_by: Mapping[str, str] = field(default_factory=dict)

    def save(self, path: Path) -> None:
        """Write the JSON card."""
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def load_card(path: Path) -> SpeechCard:
    """Read a card.

    Raises:
        ModelError: ``heads.card`` for a missing, damaged, outdated or ill-fitting card.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        card = SpeechCard(
            **data
            | {
                "labels": tuple(data["labels"]),
                "data": tuple(Source(**source) for source in data["data"]),
                "languages": tuple(data["languages"]),
                "notes": tuple(data["notes"]),
                "plain": Calibration(**data["plain"]),
                "own": Calibration(**data["own"]),
            }
        )
    except (OSError, ValueError, KeyError, TypeError) as broken:
        raise _bad(path, type(broken).__name__) from broken
    if card.format != FORMAT or not set(card.labels) <= set(SPEECH_LABELS):
        raise _bad(path, f"format {card.format} with the labels {', '.join(card.labels)}")
    return card


def _bad(path: Path, what: str) -> ModelError:
    return ModelError(
        "heads.card",
        received=f"{path.name}: {what}",
        allowed=f"the card of a speech head, format {FORMAT}",
        fix="Reinstall tongli, or train the head again.",
    )

"""What is learnt, as a head that ``TONGLI_HEADS`` reads: arrays, card, and the tuned layers that it needs."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tongli.core import ConfigError
from tongli.core.writing import writing
from tongli.emotion.card import Card, Source, load_card
from tongli.emotion.head import Arrays
from tongli.emotion.heads import heads_in
from tongli.encoders.manifest import file_sha256
from tongli.encoders.sources import OVERLAY, find_source
from tongli.encoders.text import TextEncoder
from tongli.learning.data.licences import Verdict
from tongli.learning.label_efficient.labelled import Labelled
from tongli.learning.provenance import made_by


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What a card must tell about a run.

    Attributes:
        verdict: of the licences of everything that was learnt from, unlabelled texts included.
        metrics: figures by split.
        recipe: anything that tells this run from others; its digest is kept.
        seed: of the run.
    """

    verdict: Verdict
    metrics: Mapping[str, Any]
    recipe: str
    seed: int


def require_beside(folder: Path, *, encoder: TextEncoder) -> None:
    """Refuse a folder with weights that the encoder's tuned layers would replace or not fit.

    Raises:
        ConfigError: ``head.folder``.
    """
    overlay = find_source(encoder.model, encoder.settings).overlay
    there = folder / OVERLAY
    same = not there.is_file() or (overlay is not None and file_sha256(there) == file_sha256(overlay))
    heads = {load_card(folder / f"{name}.json").encoder for name in heads_in(folder)}
    if not same or heads - {encoder.id}:
        raise ConfigError(
            "head.folder",
            received=f"{folder.name}, which holds weights for another encoder",
            allowed=f"a new folder, or one with heads of {encoder.id}",
            fix="Name another folder, or set TONGLI_HEADS to this one to learn beside its heads.",
        )


def write_head(
    folder: Path, arrays: Arrays, card: Card, *, labelled: Labelled, origin: Origin, encoder: TextEncoder
) -> Card:
    """Write the head, and the encoder's tuned layers beside it if there are any; returns the card as written.

    Args:
        folder: created when missing.
        arrays: the network.
        card: with calibration and thresholds.
        labelled: the texts with labels that were learnt from.
        origin: of the head.
        encoder: whose features it reads.

    Raises:
        ConfigError: ``head.folder``.
        StorageError: ``head.unwritable``.
    """
    require_beside(folder, encoder=encoder)
    card = _complete(card, labelled=labelled, origin=origin, encoder=encoder.id)
    with writing("head.unwritable", folder):
        folder.mkdir(parents=True, exist_ok=True)
        overlay = find_source(encoder.model, encoder.settings).overlay
        if overlay is not None and overlay.parent.absolute() != folder.absolute():
            shutil.copyfile(overlay, folder / OVERLAY)
        arrays.save(folder / f"{card.head}.safetensors")
        card.save(folder / f"{card.head}.json")
    return card


def _complete(card: Card, *, labelled: Labelled, origin: Origin, encoder: str) -> Card:
    return replace(
        card,
        encoder=encoder,
        data=tuple(
            Source(name=item.source, licence=item.licence, examples=item.records)
            for item in origin.verdict.sources
        ),
        languages=tuple(sorted(set(labelled.languages) - {"und"})),
        metrics=origin.metrics,
        seed=origin.seed,
        releasable=origin.verdict.releasable,
        made_by=made_by(recipe=origin.recipe, texts=labelled.texts),
    )

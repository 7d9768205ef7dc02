"""What a pre-trained encoder was made from, as JSON beside its weights."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from tongli.core import ModelError
from tongli.core.whole_file import write_whole
from tongli.learning.data.licences import RELEASABLE, SourceLicence, Verdict
from tongli.learning.pretrain.checkpoint import checkpoint_folder

CARD = "pretrain.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A pre-trained encoder.

    Attributes:
        base: encoder that it started from, ``name@digest``.
        digest: of the written weights, configuration and tokenizer, as the encoder's id has it.
        files: name → SHA-256.
        data: the verdict of the licence gate, those of pre-trained bases included.
        texts: language → texts learnt from.
        prefix: put before every text.
        head: ``new``, or ``kept`` from the base.
        vocabulary: tokens over which probabilities were taken.
        windows: cut from the texts and learnt from.
        steps: updates of the weights that were kept.
        perplexity: at the ``start``, when the encoder joins (``head``: a new head alone has learnt), and at
            the ``end``, of what was written; each as ``perplexity.Perplexity`` has it. Empty when nothing is
            held out.
        recipe: its keys.
        tongli: version.
    """

    base: str
    digest: str
    files: Mapping[str, str]
    data: Mapping[str, Any]
    texts: Mapping[str, int]
    prefix: str
    head: str
    vocabulary: int
    windows: int
    steps: int
    perplexity: Mapping[str, Mapping[str, Any]]
    recipe: Mapping[str, Any]
    tongli: str

    @property
    def releasable(self) -> bool:
        """Whether the licences of the data allow a release."""
        return bool(self.data["releasable"])

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {"format": 1, **asdict(self)}

    def save(self, folder: Path) -> None:
        """Write the card into the folder of the weights."""
        write_whole(folder / CARD, (json.dumps(self.to_dict(), ensure_ascii=False, indent=2) + "\n").encode())


def inherited(model: str) -> Verdict | None:
    """What the licences say of the data that a model was pre-trained on; ``None`` when it has no card.

    Args:
        model: ``embedded``, a folder, or ``hf:NAME``.

    Raises:
        ModelError: ``pretrain.card`` for a card that cannot be read: it may forbid a release.
    """
    folder = checkpoint_folder(model)
    if folder is None or not (folder / CARD).exists():
        return None
    try:
        data = json.loads((folder / CARD).read_text(encoding="utf-8"))["data"]
        return Verdict(
            releasable=bool(data["releasable"]),
            research_only=bool(data["research_only"]),
            sources=tuple(SourceLicence(**source) for source in data["sources"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as broken:
        raise ModelError(
            "pretrain.card",
            received=f"{CARD} of {folder.name}: {type(broken).__name__}",
            allowed="the card that was written with the weights",
            fix="Restore the card, or write the weights again with `tongli learn pretrain`.",
        ) from broken


def joined(verdict: Verdict, base: Verdict | None) -> Verdict:
    """The verdict on weights that were learnt from some records, and before that from those of a base."""
    if base is None:
        return verdict
    sources = (*verdict.sources, *base.sources)
    free = all(source.kind in RELEASABLE for source in sources)
    return replace(verdict, sources=sources, releasable=free and not verdict.research_only)

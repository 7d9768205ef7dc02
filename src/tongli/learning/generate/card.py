"""What a fine-tuned model was made from, as JSON beside its adapter."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tongli.core import ModelError
from tongli.core.whole_file import write_whole
from tongli.learning.data.licences import SourceLicence, Verdict

CARD = "generate.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A fine-tuned model.

    Attributes:
        start: model that it started from, as it can be opened again: a name or an absolute folder.
        base: the same as ``name@digest``.
        base_licence: of that model.
        digest: of the adapter, 12 hexadecimal digits of its SHA-256.
        objective: ``sft`` or ``dpo``.
        data: the verdict of the licence gate, that of a tuned base included.
        languages: language → dialogues learnt from.
        steps: updates of the adapter that was kept.
        ethics: what the penalty and the weights of the loss found to act on.
        looks: ``start`` and ``end``: figures on the prompts held out; empty when none are.
        recipe: its keys.
        made_by: version and digests, see :func:`tongli.learning.provenance.made_by`.
    """

    start: str
    base: str
    base_licence: str
    digest: str
    objective: str
    data: Mapping[str, Any]
    languages: Mapping[str, int]
    steps: int
    ethics: Mapping[str, Any]
    looks: Mapping[str, Mapping[str, float]]
    recipe: Mapping[str, Any]
    made_by: Mapping[str, str]

    @property
    def releasable(self) -> bool:
        """Whether the licences of the data allow a release."""
        return bool(self.data["releasable"])

    @property
    def verdict(self) -> Verdict:
        """What the licences of the data allow."""
        return Verdict(
            releasable=self.releasable,
            research_only=bool(self.data["research_only"]),
            sources=tuple(SourceLicence(**source) for source in self.data["sources"]),
        )

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {"format": 1, **asdict(self)}

    def save(self, folder: Path) -> None:
        """Write the card into the folder of the adapter."""
        write_whole(folder / CARD, (json.dumps(self.to_dict(), ensure_ascii=False, indent=2) + "\n").encode())

    @classmethod
    def read(cls, folder: Path) -> Card:
        """The card of a folder; raises ``ModelError`` (``generate.card``): it may forbid a release."""
        try:
            data = json.loads((folder / CARD).read_text(encoding="utf-8"))
            data.pop("format")
            card = cls(**data)
            _ = card.verdict
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as broken:
            raise ModelError(
                "generate.card",
                received=f"{CARD} of {folder.name}: {type(broken).__name__}",
                allowed="the card that was written with the adapter",
                fix="Restore the card, or tune the model again.",
            ) from broken
        return card

"""Which of two headlines more people click, without rewarding the more negative one.

A Bradley–Terry model that is linear in the features of the encoder: each text has a worth, and the difference
of two is the logit that the first is taken up more often. What the worth owes to negative feeling is taken
out of the weights: negative words do win clicks (Robertson et al. 2023), and a writer should not need them.

References:
    Bradley & Terry (1952), "Rank Analysis of Incomplete Block Designs".
    Matias et al. (2021), "The Upworthy Research Archive": randomised headline tests (CC BY 4.0).
    Robertson et al. (2023), "Negativity drives online news consumption".
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file

from tongli.core import FloatArray, ModelError
from tongli.core.tensors import save_tensors

_FOLDER = Path(str(files(__package__)))


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealCard:
    """Where a worth comes from and how far it holds.

    Attributes:
        encoder: whose features it reads.
        languages: what it was learnt and measured in.
        data: sets, with their licences.
        metrics: figures of a cross-validation.
    """

    encoder: str
    languages: tuple[str, ...]
    data: tuple[dict[str, Any], ...]
    metrics: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """Weights ``(features,)``, and their card."""

    weights: FloatArray
    card: AppealCard

    def worth(self, features: FloatArray) -> FloatArray:
        """``(texts, features)`` → ``(texts,)``; only differences mean something."""
        return np.asarray(features @ self.weights, np.float32)

    def wins(self, features: FloatArray) -> FloatArray:
        """``(texts, texts)``: the probability that the row is taken up more often than the column."""
        worth = self.worth(features)
        return np.asarray(1 / (1 + np.exp(worth[None, :] - worth[:, None])), np.float32)

    def save(self, folder: Path) -> None:
        """Write ``appeal.safetensors`` and ``appeal.json``."""
        save_tensors({"weights": self.weights}, folder / "appeal.safetensors")
        card = json.dumps(asdict(self.card), ensure_ascii=False, indent=1)
        (folder / "appeal.json").write_text(card + "\n", encoding="utf-8")


def load_appeal(*, encoder: str, folder: Path = _FOLDER) -> Appeal:
    """Read what :meth:`Appeal.save` wrote.

    Args:
        encoder: whose features are at hand.
        folder: of the two files; those that ship by default.

    Raises:
        ModelError: ``appeal.files`` for missing or damaged files, ``appeal.encoder`` for weights of another
            encoder.
    """
    try:
        weights = load_file(folder / "appeal.safetensors")["weights"]
        card = json.loads((folder / "appeal.json").read_text(encoding="utf-8"))
        card = AppealCard(**{**card, "languages": tuple(card["languages"]), "data": tuple(card["data"])})
    except (OSError, SafetensorError, ValueError, KeyError, TypeError) as broken:
        raise ModelError(
            "appeal.files",
            received=f"{type(broken).__name__} in {folder.name}",
            allowed="appeal.safetensors and appeal.json as benchmarks/headlines.py writes them",
            fix="Reinstall tongli, or fit them again.",
        ) from broken
    if card.encoder != encoder:
        raise ModelError(
            "appeal.encoder",
            received=f"features of {encoder}",
            allowed=f"features of {card.encoder}, from which the worth of a text was learnt",
            fix="Use that encoder, or fit the weights for this one with benchmarks/headlines.py.",
        )
    return Appeal(weights=weights, card=card)

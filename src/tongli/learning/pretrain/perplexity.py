"""How well hidden tokens are predicted: pseudo-perplexity, on masks that never change.

Salazar et al. (2020), "Masked Language Model Scoring", hide one token at a time; here a share is hidden at
once, which costs one pass a text. Figures compare moments of one run, not vocabularies or runs.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from tongli.learning.pretrain.masking import Batch, Masker
from tongli.learning.pretrain.network import MaskedLM
from tongli.learning.pretrain.schedule import by_length
from tongli.learning.pretrain.windows import Windows

_LARGEST = 700.0
"""Nats; e to a larger number is no float."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Perplexity:
    """Of the held-out texts.

    Attributes:
        step: of the run when it was measured.
        overall: e to the mean of minus the log probability of the hidden tokens; at least 1.
        by_language: the same within each language.
        tokens: hidden tokens in all.
    """

    step: int
    overall: float
    by_language: dict[str, float]
    tokens: int

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruler:
    """Held-out windows with fixed masks, and the language of each window."""

    batches: tuple[Batch, ...]
    langs: tuple[tuple[str, ...], ...]

    def measure(self, network: MaskedLM, *, step: int) -> Perplexity:
        """Of a network in evaluation mode, in float32."""
        losses: dict[str, list[float]] = {}
        network.eval()
        with torch.no_grad():
            for batch, langs in zip(self.batches, self.langs, strict=True):
                logits = network(*tensors(batch))
                found = torch.nn.functional.cross_entropy(
                    logits, torch.from_numpy(batch.targets), reduction="none"
                )
                for row, loss in zip(batch.rows.tolist(), found.tolist(), strict=True):
                    losses.setdefault(langs[row], []).append(loss)
        every = [loss for found in losses.values() for loss in found]
        return Perplexity(
            step=step,
            overall=_perplexity(every),
            by_language={lang: _perplexity(losses[lang]) for lang in sorted(losses)},
            tokens=len(every),
        )


def make_ruler(
    windows: Windows,
    rows: NDArray[np.intp],
    *,
    langs: Sequence[str],
    masker: Masker,
    tokens: int,
    seed: int,
) -> Ruler:
    """Hide tokens of the held-out windows once for all.

    Args:
        windows: of the corpus.
        rows: those held out.
        langs: tag of every text.
        masker: how to hide; in measuring, all that is hidden is replaced by the mask.
        tokens: of a batch at most, padding included.
        seed: of the choice.
    """
    generator = np.random.default_rng([seed, 0, 0])
    order = list(by_length(rows, lengths=windows.lengths, tokens=tokens))
    return Ruler(
        batches=tuple(
            masker.batch(windows, part.tolist(), generator=generator, only_mask=True) for part in order
        ),
        langs=tuple(tuple(langs[text] for text in windows.texts[part]) for part in order),
    )


def tensors(batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
    """What the network takes: ids, mask and what is hidden."""
    return torch.from_numpy(batch.ids), torch.from_numpy(batch.mask), torch.from_numpy(batch.hidden)


def _perplexity(losses: Sequence[float]) -> float:
    return math.exp(min(math.fsum(losses) / len(losses), _LARGEST))

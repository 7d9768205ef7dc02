"""What a fine-tuning makes smaller: supervised fine-tuning, and direct preference optimisation.

References:
    Rafailov, Sharma, Mitchell, Ermon, Manning and Finn (2023), "Direct preference optimization: your language
    model is secretly a reward model", NeurIPS.
    Welleck, Kulikov, Roller, Dinan, Cho and Weston (2020), "Neural text generation with unlikelihood
    training", ICLR.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import torch
from peft import PeftModel
from torch import Tensor
from torch.nn.functional import logsigmoid

from tongli.learning.generate.batch import Batch, Example, collate

Pair = tuple[Example, Example]
"""The preferred reply, and the other."""

_SURE = 1 - 1e-6


class Objective(Protocol):
    """A loss over rows of its data."""

    def __len__(self) -> int:
        """How many rows there are."""

    def loss(self, model: PeftModel, rows: Sequence[int]) -> tuple[Tensor, Mapping[str, float]]:
        """The mean over some rows, a scalar, and named figures to plot."""


class Sft:
    """Cross-entropy of the tokens of replies, and the penalty on what they had better not say.

    Args:
        examples: to learn from.
        pad: padding token.
        unlikelihood: weight of the penalty.
    """

    def __init__(self, examples: Sequence[Example], *, pad: int, unlikelihood: float = 0.0) -> None:
        self._examples, self._pad, self._unlikelihood = examples, pad, unlikelihood

    def __len__(self) -> int:
        return len(self._examples)

    def loss(self, model: PeftModel, rows: Sequence[int]) -> tuple[Tensor, Mapping[str, float]]:
        """See :class:`Objective`."""
        batch = collate([self._examples[row] for row in rows], pad=self._pad, device=model.device)
        scores = log_probabilities(model, batch)
        likely = (batch.likely if self._unlikelihood else batch.reply) * batch.weights[:, None]
        nll = -(of_reply(scores, batch) * likely).sum() / likely.sum().clamp_min(1e-6)
        figures = {"nll": float(nll.detach())}
        if not self._unlikelihood:
            return nll, figures
        penalty = unlikelihood(scores, batch)
        figures["unlikelihood"] = float(penalty.detach())
        return nll + self._unlikelihood * penalty, figures


class Dpo:
    """−log σ(β (log π/π_ref of the preferred − log π/π_ref of the other)), equation 7 of Rafailov et al.

    The reference is the same model without its adapter.

    Args:
        pairs: to learn from.
        pad: padding token.
        beta: how far the model may go from the reference; more keeps it nearer.
        unlikelihood: weight of the penalty on what both replies had better not say.
    """

    def __init__(self, pairs: Sequence[Pair], *, pad: int, beta: float, unlikelihood: float = 0.0) -> None:
        self._pairs, self._pad, self._beta, self._unlikelihood = pairs, pad, beta, unlikelihood

    def __len__(self) -> int:
        return len(self._pairs)

    def loss(self, model: PeftModel, rows: Sequence[int]) -> tuple[Tensor, Mapping[str, float]]:
        """See :class:`Objective`."""
        pairs = [self._pairs[row] for row in rows]
        examples = [chosen for chosen, _ in pairs] + [other for _, other in pairs]
        batch = collate(examples, pad=self._pad, device=model.device)
        scores = log_probabilities(model, batch)
        gain = _of_sequence(scores, batch) - self._reference(model, batch)
        margin = self._beta * (gain[: len(pairs)] - gain[len(pairs) :])
        weights = batch.weights[: len(pairs)]
        loss = -(logsigmoid(margin) * weights).sum() / weights.sum().clamp_min(1e-6)
        figures = {"margin": float(margin.detach().mean()), "preferred": float((margin > 0).float().mean())}
        if not self._unlikelihood:
            return loss, figures
        penalty = unlikelihood(scores, batch)
        figures["unlikelihood"] = float(penalty.detach())
        return loss + self._unlikelihood * penalty, figures

    @staticmethod
    @torch.no_grad()
    def _reference(model: PeftModel, batch: Batch) -> Tensor:
        training = model.training
        model.eval()
        try:
            with model.disable_adapter():
                return _of_sequence(log_probabilities(model, batch), batch)
        finally:
            model.train(training)


def log_probabilities(model: PeftModel, batch: Batch) -> Tensor:
    """Log-probabilities ``(batch, longest reply, vocabulary)`` of what stands at the last tokens."""
    tail = batch.reply.shape[1]
    places = (batch.mask.cumsum(dim=1) - 1).clamp_min(0)
    logits: Tensor = model(
        input_ids=batch.ids,
        attention_mask=batch.mask,
        position_ids=places,
        logits_to_keep=tail + 1,
        use_cache=False,
    ).logits
    return logits[:, -tail - 1 : -1].float().log_softmax(dim=-1)


def of_reply(scores: Tensor, batch: Batch) -> Tensor:
    """Log-probability ``(batch, longest reply)`` of each token, 0 where there is none."""
    targets = batch.ids[:, -batch.reply.shape[1] :]
    found = scores.gather(2, targets[..., None])[..., 0]
    return torch.where(batch.reply, found, torch.zeros_like(found))


def unlikelihood(scores: Tensor, batch: Batch) -> Tensor:
    """−log(1 − p) of the candidates, a token of the replies (equations 3 and 4 of Welleck et al.)."""
    row, place, token = batch.candidates.unbind(dim=1)
    chances = scores[row, place, token].exp().clamp_max(_SURE)
    return -torch.log1p(-chances).sum() / batch.reply.sum()


def _of_sequence(scores: Tensor, batch: Batch) -> Tensor:
    """Log-probability of each reply, ``(batch,)``."""
    return of_reply(scores, batch).sum(dim=1)

"""Losses of one example each, over its annotated labels only."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from tongli.knowledge.schemes import Kind


def example_losses(logits: Tensor, goals: Tensor, *, kind: Kind) -> Tensor:
    """Loss of every example, ``(batch,)``, averaged over its annotated labels.

    Cross-entropy for one choice, binary cross-entropy for several, squared error for numbers.

    Args:
        logits, goals: ``(batch, labels)``; nan goals are masked.
        kind: of the scheme.
    """
    if kind == "multiclass":
        return nn.functional.cross_entropy(logits, goals, reduction="none")
    known = ~torch.isnan(goals)
    filled = torch.where(known, goals, torch.zeros_like(goals))
    if kind in {"ordinal", "regression"}:
        losses = nn.functional.mse_loss(logits, filled, reduction="none")
    else:
        losses = nn.functional.binary_cross_entropy_with_logits(logits, filled, reduction="none")
    return (losses * known).sum(1) / known.sum(1).clamp(min=1)

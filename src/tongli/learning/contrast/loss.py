"""Supervised contrastive loss for label sets, between languages.

References:
    Khosla et al. (2020), "Supervised Contrastive Learning", NeurIPS (the form with the sum outside the log).
    Zhang and Wu (2024), "Multi-Label Supervised Contrastive Learning", AAAI (several labels a message).
    Ružička (1958): Jaccard's index of weighted sets.
"""

from __future__ import annotations

import torch
from torch import Tensor


def overlap(targets: Tensor) -> Tensor:
    """How alike the labels of each pair are, ``(messages, messages)`` in 0..1.

    Jaccard's index over the labels that both have annotated; two messages without any emotion are alike, and
    two that share no annotated label are not.

    Args:
        targets: ``(messages, labels)`` in 0..1, nan where not annotated.
    """
    known = ~torch.isnan(targets)
    values = torch.nan_to_num(targets)
    size = len(targets)
    shared, union, common = (targets.new_zeros(size, size) for _ in range(3))
    for column, annotated in zip(values.T, known.T, strict=True):
        both = (annotated[:, None] & annotated[None]).to(values.dtype)
        shared += both * torch.minimum(column[:, None], column[None])
        union += both * torch.maximum(column[:, None], column[None])
        common += both
    alike = torch.where(union > 0, shared / union.clamp(min=1e-12), torch.ones_like(union))
    return alike * (common > 0)


def contrastive_loss(
    vectors: Tensor, *, alike: Tensor, comparable: Tensor, temperature: float = 0.2
) -> Tensor:
    """Mean over the messages of the cross-entropy between likeness to others and nearness to them.

    Args:
        vectors: unit vectors ``(messages, size)``.
        alike: ``(messages, messages)``, weight of each pair as a positive; see :func:`overlap`.
        comparable: ``(messages, messages)``, pairs that count at all: here, those of two languages.
        temperature: above 0; the smaller, the more the nearest pairs count.

    Returns:
        A scalar of at least 0; 0 when no message has a positive.
    """
    nearness = (vectors @ vectors.T / temperature).masked_fill(~comparable, -torch.inf)
    positives = alike * comparable
    weight = positives.sum(dim=1)
    anchors = weight > 0
    if not anchors.any():
        return vectors.sum() * 0
    log_share = torch.log_softmax(nearness[anchors], dim=1).masked_fill(~comparable[anchors], 0)
    return -((positives[anchors] * log_share).sum(dim=1) / weight[anchors]).mean()

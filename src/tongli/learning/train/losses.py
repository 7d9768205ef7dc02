"""Losses of one example each, over its annotated labels only.

References:
    Ridnik et al. (2021), "Asymmetric Loss For Multi-Label Classification", ICCV.
    Szegedy et al. (2016), "Rethinking the Inception Architecture for Computer Vision", CVPR, section 7.
    Liang et al. (2021), "R-Drop: Regularized Dropout for Neural Networks", NeurIPS.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy, logsigmoid, mse_loss

from tongli.knowledge.schemes import Kind
from tongli.learning.train.recipe import HeadRecipe

_PLAIN = HeadRecipe()

_SMALLEST = 1e-8
"""Least base of a power, whose slope at 0 is infinite for exponents below 1."""


def example_losses(logits: Tensor, goals: Tensor, *, kind: Kind, head: HeadRecipe = _PLAIN) -> Tensor:
    """Loss of every example, ``(batch,)``, averaged over its annotated labels.

    Cross-entropy for one choice, binary cross-entropy or the asymmetric loss for several, squared error for
    numbers.

    Args:
        logits, goals: ``(batch, labels)``; nan goals are masked.
        kind: of the scheme.
        head: its objective and label smoothing.
    """
    if kind == "multiclass":
        return cross_entropy(logits, goals, reduction="none", label_smoothing=head.label_smoothing)
    known = ~torch.isnan(goals)
    filled = torch.where(known, goals, torch.zeros_like(goals))
    if kind in {"ordinal", "regression"}:
        losses = mse_loss(logits, filled, reduction="none")
    else:
        # Yes and no are two classes, so half of what is taken from one goes to the other.
        smooth = filled * (1 - head.label_smoothing) + head.label_smoothing / 2
        if head.objective == "asymmetric":
            losses = _asymmetric(logits, smooth, head=head)
        else:
            losses = binary_cross_entropy_with_logits(logits, smooth, reduction="none")
    return _mean_of(losses, known)


def divergences(left: Tensor, right: Tensor, goals: Tensor, *, kind: Kind) -> Tensor:
    """How far two outputs for the same examples are apart, ``(batch,)``, over annotated labels; at least 0.

    The mean of both Kullback-Leibler divergences in nats (R-Drop, equation 2), of one distribution over all
    labels or of one a label; for numbers, the squared difference.

    Args:
        left, right, goals: ``(batch, labels)``; labels with nan goals are masked.
        kind: of the scheme.
    """
    if kind == "multiclass":
        chances, logs = (left.softmax(1) - right.softmax(1)), (left.log_softmax(1) - right.log_softmax(1))
        return (chances * logs).sum(1) / 2
    if kind in {"ordinal", "regression"}:
        apart = (left - right).square()
    else:  # of two Bernoulli distributions, the divergences sum to this
        apart = (left.sigmoid() - right.sigmoid()) * (left - right) / 2
    return _mean_of(apart, ~torch.isnan(goals))


def _asymmetric(logits: Tensor, goals: Tensor, *, head: HeadRecipe) -> Tensor:
    """Easy negatives weigh little, very easy ones nothing (Ridnik et al. 2021, equation 7)."""
    absent = logits.sigmoid().sub(head.margin).clamp(min=_SMALLEST)
    miss = logits.neg().sigmoid().clamp(min=_SMALLEST)
    # Without a margin, a certain yes would be the logarithm of a rounded 0.
    rejected = (
        (logits.neg().sigmoid() + head.margin).clamp(max=1).log() if head.margin else logsigmoid(-logits)
    )
    yes = miss.pow(head.gamma_positive) * logsigmoid(logits)
    no = absent.pow(head.gamma_negative) * rejected
    return -(goals * yes + (1 - goals) * no)


def _mean_of(values: Tensor, known: Tensor) -> Tensor:
    return (values * known).sum(1) / known.sum(1).clamp(min=1)

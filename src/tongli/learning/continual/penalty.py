"""What holds the weights near the old ones: elastic weight consolidation, or L2 towards the start.

References:
    Kirkpatrick et al. (2017), "Overcoming catastrophic forgetting in neural networks", PNAS.
    Li, Grandvalet and Davoine (2018), "Explicit inductive bias for transfer learning with convolutional
    networks", ICML (L2-SP).
    Kunstner, Balles and Hennig (2019), "Limitations of the empirical Fisher approximation", NeurIPS: why
    labels are drawn from the network and not taken from the data.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Literal

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from tongli.knowledge.schemes import Kind
from tongli.learning.states import States, padded
from tongli.learning.train.network import Upper
from tongli.learning.train.recipe import Recipe

PenaltyName = Literal["ewc", "l2-sp", "none"]
STRENGTHS: Mapping[PenaltyName, float] = {"ewc": 10.0, "l2-sp": 0.1, "none": 0.0}
"""Default strengths."""

SAMPLE = 300
"""Texts that the Fisher information is estimated from."""

Importance = Mapping[str, Tensor]
"""Parameter's name → how much each of its numbers matters to what was learnt."""


def held(
    network: Upper, *, strength: float, importance: Importance | None = None
) -> Callable[[Upper], Tensor]:
    """``strength / 2 * Σ importance * (θ - θ*)²``, a penalty for the trainer; θ* are the weights now.

    Args:
        network: as it starts.
        strength: 1 weighs a change by what it would cost in the loss on old texts, where importance is
            their Fisher information.
        importance: of every parameter; ``None`` weighs all the same.
    """
    start = {name: value.detach().clone() for name, value in network.named_parameters()}
    weighed = dict(importance or {})

    def penalty(current: Upper) -> Tensor:
        total = torch.zeros(())
        for name, value in current.named_parameters():
            start[name] = start[name].to(value.device)  # moves once, if at all
            change = (value - start[name]).square()
            if name in weighed:
                weighed[name] = weighed[name].to(value.device)
                change = weighed[name] * change
            total = total + change.sum()
        return strength / 2 * total

    return penalty


def fisher(
    network: Upper,
    *,
    states: States,
    rows: NDArray[np.intp],
    recipe: Recipe,
    seed: int,
    tell: Callable[[int, int], None],
) -> Importance:
    """Diagonal Fisher information on some texts, in the units of the training loss.

    Labels are drawn from the network's own predictions, so that no annotation is needed and heads that
    nobody annotated are held too. A head whose loss is a mean over labels counts as that mean does.

    Args:
        network: in the state that is to be kept.
        states: stored states; rows: the texts; at most :data:`SAMPLE` of them are used.
        recipe: for its heads and the weights of their losses.
        seed: of the draws.
        tell: called with texts done and their total.
    """
    network.eval()
    generator = torch.Generator().manual_seed(seed)
    if len(rows) > SAMPLE:
        rows = np.random.default_rng(seed).choice(rows, SAMPLE, replace=False)
    names, parameters = zip(*network.named_parameters(), strict=True)
    total = {name: torch.zeros_like(value) for name, value in zip(names, parameters, strict=True)}
    for done, row in enumerate(rows, start=1):
        features = _features(network, states, row=int(row))
        loss = torch.zeros(())
        for head, part in recipe.heads.items():
            kind = recipe.scheme(head).kind
            logits = network.heads[head](features)
            weight = part.loss * _share(kind, labels=logits.shape[1])
            loss = loss + math.sqrt(weight) * _surprise(logits, kind=kind, generator=generator)
        gradients = torch.autograd.grad(loss, parameters)
        for name, gradient in zip(names, gradients, strict=True):
            total[name] += gradient.square() / len(rows)
        if done % 50 == 0 or done == len(rows):
            tell(done, len(rows))
    return total


def _features(network: Upper, states: States, *, row: int) -> Tensor:
    values, mask = padded(states, [row])
    lower = torch.from_numpy(states.pooled[[row]].astype(np.float32))
    return network.features(torch.from_numpy(values), torch.from_numpy(mask), lower)


def _share(kind: Kind, *, labels: int) -> float:
    """Curvature of the training loss as a share of that of the likelihood summed over labels."""
    if kind == "multiclass":
        return 1.0
    return (2.0 if kind in {"ordinal", "regression"} else 1.0) / labels


def _surprise(logits: Tensor, *, kind: Kind, generator: torch.Generator) -> Tensor:
    """Negative log-likelihood, summed over labels, of labels drawn from what the network says."""
    with torch.no_grad():
        if kind == "multiclass":
            goal = torch.multinomial(logits.softmax(1), 1, generator=generator)[:, 0]
        elif kind in {"ordinal", "regression"}:
            goal = logits + torch.randn(logits.shape, generator=generator)
        else:
            goal = torch.bernoulli(logits.sigmoid(), generator=generator)
    if kind == "multiclass":
        return nn.functional.cross_entropy(logits, goal)
    if kind in {"ordinal", "regression"}:
        return (logits - goal).square().sum() / 2
    return nn.functional.binary_cross_entropy_with_logits(logits, goal, reduction="sum")

"""What a batch costs: the losses of every head, and how much dropout changes the outputs.

References:
    Liang et al. (2021), "R-Drop: Regularized Dropout for Neural Networks", NeurIPS.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

from tongli.learning.train.batch import Goals, Inputs
from tongli.learning.train.losses import divergences, example_losses
from tongli.learning.train.network import Upper
from tongli.learning.train.recipe import Recipe


@dataclass(frozen=True, slots=True)
class Loss:
    """A scalar to make small, and named scalars of what it consists of, without gradients."""

    total: Tensor
    parts: Mapping[str, Tensor]


def batch_loss(
    network: Upper, inputs: Inputs, goals: Mapping[str, Goals], *, recipe: Recipe, of: int
) -> Loss:
    """Weighted losses of all heads, a text of the whole batch.

    With ``r_drop``, the texts go through the network twice; the losses are averaged, and the divergence of
    the two outputs is added.

    Args:
        network: whose upper layers run in the precision of the recipe, its heads in float32.
        inputs, goals: of this process's share of the batch.
        recipe: of the run.
        of: texts of the whole batch.
    """
    passes = [_features(network, inputs, recipe=recipe) for _ in range(2 if recipe.r_drop else 1)]
    total = inputs.states.new_zeros(())
    parts = {}
    for name, (places, targets) in goals.items():
        head, kind = recipe.heads[name], recipe.scheme(name).kind
        outputs = [network.heads[name](features[places]) for features in passes]
        each = torch.stack([example_losses(logits, targets, kind=kind, head=head) for logits in outputs])
        losses = each.mean(0)
        parts[f"loss/{name}"] = losses.detach().mean()
        if recipe.r_drop:
            apart = divergences(outputs[0], outputs[1], targets, kind=kind)
            parts[f"r-drop/{name}"] = apart.detach().mean()
            losses = losses + recipe.r_drop / 2 * apart  # half, as the paper adds the two losses up
        total = total + head.loss * losses.sum() / of
    return Loss(total, parts)


def _features(network: Upper, inputs: Inputs, *, recipe: Recipe) -> Tensor:
    half = recipe.precision == "bfloat16"
    with torch.autocast(inputs.states.device.type, torch.bfloat16, enabled=half):
        return network.features(*inputs).float()

"""A bag of small networks on frozen features, with out-of-fold predictions for honest calibration.

References:
    Breiman (1996), "Bagging predictors"; Wolpert (1992), "Stacked generalization" (out-of-fold predictions).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from tongli.core import FloatArray
from tongli.emotion.head import Arrays
from tongli.knowledge.schemes import Kind
from tongli.learning.cycle import one_cycle
from tongli.learning.tasks import Task

Rows = NDArray[np.intp]

_BATCH = 512
_RATE = 2e-3
_DECAY = 0.02
_DROP_INPUT, _DROP_INNER = 0.1, 0.5


@dataclass(frozen=True, slots=True)
class Bag:
    """The averaged network and the logits of every training example under the model that did not see it."""

    arrays: Arrays
    out_of_fold: FloatArray


def fit_bag(
    features: FloatArray,
    targets: FloatArray,
    *,
    groups: Sequence[str],
    languages: Sequence[str],
    kind: Kind,
    task: Task,
    seed: int,
    tell: Callable[[str], None],
) -> Bag:
    """Train ``task.folds`` networks.

    Args:
        features: ``(examples, width)``, float16 or float32.
        targets: ``(examples, labels)``, nan where not annotated.
        groups: examples of one group (the same text) always share a fold.
        languages: tag of each example, for balancing.
        kind: of the scheme; decides the loss.
        task, seed: recipe.
        tell: told about each fold.
    """
    mean, scale, inputs = _standardised(features)
    goals = torch.from_numpy(targets)
    folds = _folds(groups, task.folds, seed=seed)
    out_of_fold = np.empty_like(targets)
    networks = []
    for fold in range(task.folds):
        network = _fit(
            inputs,
            goals,
            rows=np.flatnonzero(folds != fold),
            weights=_balance(languages, task.balance),
            kind=kind,
            task=task,
            seed=seed + fold,
        )
        unseen = np.flatnonzero(folds == fold)
        with torch.no_grad():
            out_of_fold[unseen] = network(inputs[torch.from_numpy(unseen)]).numpy()
        networks.append(network)
        tell(f"{task.head}: fold {fold + 1} of {task.folds}")
    return Bag(_average(networks, mean=mean, scale=scale), out_of_fold)


def _standardised(features: FloatArray) -> tuple[FloatArray, FloatArray, Tensor]:
    """Mean, inverse spread, and the features made of them."""
    mean = features.mean(axis=0, dtype=np.float32)
    scale = 1 / (features.std(axis=0, dtype=np.float32) + 1e-6)
    return mean, scale, torch.from_numpy(((features - mean) * scale).astype(np.float32))


def blend(members: Sequence[Arrays], weights: Sequence[float]) -> Arrays:
    """One network whose logits are the weighted sum of its members'.

    Hidden units stand side by side, rewritten to read inputs standardised as for the first member. Members
    that weigh nothing are left out.

    Args:
        members: networks of the same inputs and outputs, at least one with a weight.
        weights: of the members.
    """
    kept = [(member, weight) for member, weight in zip(members, weights, strict=True) if weight]
    first = kept[0][0]
    ups = [(member.scale / first.scale)[:, None] * member.up for member, _ in kept]
    shifts = [((first.mean - member.mean) * member.scale) @ member.up for member, _ in kept]
    return Arrays(
        mean=first.mean,
        scale=first.scale,
        up=np.concatenate(ups, axis=1),
        up_bias=np.concatenate([item.up_bias + shift for (item, _), shift in zip(kept, shifts, strict=True)]),
        down=np.concatenate([weight * member.down for member, weight in kept]),
        bias=np.sum([weight * member.bias for member, weight in kept], axis=0, dtype=np.float32),
    )


def widened(narrow: Arrays, *, width: int) -> Arrays:
    """The same network for inputs of which it reads the first columns only; ``width`` is that of all."""
    missing = width - len(narrow.mean)
    return replace(
        narrow,
        mean=np.pad(narrow.mean, (0, missing)),
        scale=np.pad(narrow.scale, (0, missing), constant_values=1.0),
        up=np.pad(narrow.up, ((0, missing), (0, 0))),
    )


class _Network(nn.Module):
    """``relu(x @ up + up_bias) @ down + bias``."""

    def __init__(self, width: int, inner: int, labels: int) -> None:
        super().__init__()
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, labels)

    def forward(self, inputs: Tensor) -> Tensor:
        inputs = nn.functional.dropout(inputs, _DROP_INPUT, self.training)
        inner = nn.functional.dropout(torch.relu(self.up(inputs)), _DROP_INNER, self.training)
        result: Tensor = self.down(inner)
        return result


def _fit(
    inputs: Tensor, goals: Tensor, *, rows: Rows, weights: FloatArray, kind: Kind, task: Task, seed: int
) -> _Network:
    torch.manual_seed(seed)
    generator = np.random.default_rng(seed)
    network = _Network(inputs.shape[1], task.inner, goals.shape[1])
    if kind in {"ordinal", "regression"}:
        nn.init.constant_(network.down.bias, float(np.nanmean(goals.numpy())))
    batch = min(_BATCH, max(32, len(rows) // 20))
    steps = max(1, task.epochs * len(rows) // batch)
    optimiser = torch.optim.AdamW(network.parameters(), lr=_RATE, weight_decay=_DECAY)
    schedule = one_cycle(optimiser, _RATE, steps=steps)
    cumulative = np.cumsum(weights[rows])
    for _ in range(steps):
        place = np.searchsorted(cumulative, generator.random(batch) * cumulative[-1])
        picked = torch.from_numpy(rows[np.minimum(place, len(rows) - 1)])
        optimiser.zero_grad()
        masked_loss(network(inputs[picked]), goals[picked], kind=kind).backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        schedule.step()
    return network.eval()


def masked_loss(logits: Tensor, goals: Tensor, *, kind: Kind) -> Tensor:
    """Cross-entropy or squared error over the annotated targets; shapes ``(batch, labels)``."""
    if kind == "multiclass":
        return nn.functional.cross_entropy(logits, goals)
    known = ~torch.isnan(goals)
    if kind in {"ordinal", "regression"}:
        return nn.functional.mse_loss(logits[known], goals[known])
    return nn.functional.binary_cross_entropy_with_logits(logits[known], goals[known])


def _folds(groups: Sequence[str], folds: int, *, seed: int) -> NDArray[np.intp]:
    unique = {group: index for index, group in enumerate(dict.fromkeys(groups))}
    fold = np.random.default_rng(seed).permutation(len(unique)) % folds
    return np.array([fold[unique[group]] for group in groups], np.intp)


def _balance(languages: Sequence[str], power: float) -> FloatArray:
    """Sampling weight of each example, so that a language of n examples weighs ``n ** power`` in all."""
    tags, where, counts = np.unique(np.asarray(languages), return_inverse=True, return_counts=True)
    del tags
    return np.asarray(counts[where] ** (power - 1.0), np.float32)


def _average(networks: Sequence[_Network], *, mean: FloatArray, scale: FloatArray) -> Arrays:
    """One network whose output is the mean of all: hidden units side by side, output weights divided."""
    count = len(networks)

    def numpy(tensor: Tensor) -> FloatArray:
        return tensor.detach().numpy().astype(np.float32)

    return Arrays(
        mean=mean.astype(np.float32),
        scale=scale.astype(np.float32),
        up=np.concatenate([numpy(network.up.weight).T for network in networks], axis=1),
        up_bias=np.concatenate([numpy(network.up.bias) for network in networks]),
        down=np.concatenate([numpy(network.down.weight).T / count for network in networks]),
        bias=np.mean([numpy(network.down.bias) for network in networks], axis=0),
    )

"""Training of the view of the words and of the network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from tongli.core import FloatArray
from tongli.emotion.fusion.card import CHANNELS, LABELS
from tongli.emotion.fusion.network import Network
from tongli.emotion.fusion.signals import Signals
from tongli.emotion.fusion.words import WordsView

_HEADS_OUT = 0.2
"""Share of examples for which each head but ekman6 is taken away."""

Step = Callable[[int], None]
Indices = NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """Everything that decides the network, but the data and the code.

    Attributes:
        hidden: units of the gate.
        steps, batch: length of the training.
        rate, decay: of AdamW.
        seed: of everything random.
    """

    hidden: int = 16
    steps: int = 1500
    batch: int = 512
    rate: float = 5e-3
    decay: float = 1e-3
    seed: int = 0


def fit_words(values: FloatArray, truth: Indices, *, seed: int = 0) -> WordsView:
    """Logistic regression with all labels equally frequent, and heads other than ekman6 at times missing.

    Args:
        values: ``(texts, 10)``, of :func:`tongli.emotion.fusion.words.head_values`.
        truth: ``(texts,)``, index of the label.
        seed: of the missing heads.
    """
    rng = np.random.default_rng(seed)
    mean, scale = values.mean(axis=0), 1 / np.maximum(values.std(axis=0), 1e-6)
    inputs = (values - mean) * scale
    for columns in (slice(6, 9), slice(9, 10)):
        inputs[rng.random(len(inputs)) < _HEADS_OUT, columns] = 0
    counts = np.bincount(truth, minlength=len(LABELS))
    balance = torch.from_numpy((len(truth) / np.maximum(counts, 1) / len(LABELS)).astype(np.float32))
    layer = nn.Linear(inputs.shape[1], len(LABELS))
    nn.init.zeros_(layer.weight)
    nn.init.zeros_(layer.bias)
    given, goal = torch.from_numpy(inputs.astype(np.float32)), torch.from_numpy(truth.astype(np.int64))
    optimiser = torch.optim.LBFGS(layer.parameters(), max_iter=200, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        optimiser.zero_grad()
        loss = nn.functional.cross_entropy(layer(given), goal, weight=balance)
        loss = loss + 1e-3 * layer.weight.square().sum()
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    optimiser.step(closure)  # type: ignore[no-untyped-call]
    return WordsView(
        mean=mean.astype(np.float32),
        scale=scale.astype(np.float32),
        weights=_array(layer.weight).T,
        bias=_array(layer.bias),
    )


class _Gated(nn.Module):
    """:class:`Network`, differentiable; starts as the sum of all evidence."""

    def __init__(self, hidden: int) -> None:
        super().__init__()
        channels, labels = len(CHANNELS), len(LABELS)
        self.mixing = nn.Parameter(torch.eye(labels).repeat(channels, 1, 1))
        self.leaning = nn.Parameter(torch.zeros(channels, labels))
        self.up = nn.Linear(3 * channels, hidden)
        self.down = nn.Linear(hidden, channels * labels)
        self.bias = nn.Parameter(torch.zeros(labels))

    def forward(self, evidence: Tensor, trusts: Tensor, present: Tensor) -> Tensor:
        opened = nn.functional.softplus(self.down(torch.tanh(self.up(trusts)))).reshape(evidence.shape)
        gates = opened * present[..., None]
        said = torch.einsum("ncl,clk->nck", evidence, self.mixing) + self.leaning
        return (gates * said).sum(dim=1) + self.bias


def fit_network(found: Signals, truth: Indices, *, recipe: Recipe, step: Step) -> Network:
    """The network that makes what was shown most probable.

    Args:
        found: of many messages.
        truth: ``(n,)``, index of what each shows.
        recipe: of the training.
        step: told the number of steps done.
    """
    torch.manual_seed(recipe.seed)
    trusts = np.concatenate([found.present, found.reliability, found.sureness], axis=1)
    inputs = [torch.from_numpy(item) for item in (found.evidence, trusts, found.present)]
    goal = torch.from_numpy(truth.astype(np.int64))
    module = _Gated(recipe.hidden)
    optimiser = torch.optim.AdamW(module.parameters(), lr=recipe.rate, weight_decay=recipe.decay)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, recipe.steps)
    for done in range(recipe.steps):
        rows = torch.randint(len(goal), (recipe.batch,))
        loss = nn.functional.cross_entropy(module(*(item[rows] for item in inputs)), goal[rows])
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        schedule.step()
        step(done + 1)
    return Network(
        mixing=_array(module.mixing),
        leaning=_array(module.leaning),
        up=_array(module.up.weight).T,
        up_bias=_array(module.up.bias),
        down=_array(module.down.weight).T,
        down_bias=_array(module.down.bias),
        bias=_array(module.bias),
    )


def _array(tensor: Tensor) -> FloatArray:
    return np.asarray(tensor.detach().numpy(), np.float32)

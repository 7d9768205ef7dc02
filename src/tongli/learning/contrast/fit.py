"""Training of the projection: a small network on stored features, batches of many languages."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from tongli.core import FloatArray, ModelError
from tongli.emotion.head import Arrays
from tongli.learning.contrast.loss import contrastive_loss, overlap
from tongli.learning.cycle import one_cycle

_SAMPLE = 10_000
"""Rows from which mean and spread of the features are taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """Everything that decides the weights, but the data and the code.

    Attributes:
        inner: hidden units.
        size: of the vectors.
        temperature: of the loss.
        steps, batch: length of the run, and messages a step.
        rate, decay: largest learning rate, and weight decay (AdamW).
        drop_input, drop_inner: dropout of features and of hidden units.
        power: languages are sampled in proportion to their size to this power.
        seed: of everything random.
    """

    inner: int = 256
    size: int = 128
    temperature: float = 0.2
    steps: int = 300
    batch: int = 1024
    rate: float = 2e-3
    decay: float = 0.02
    drop_input: float = 0.1
    drop_inner: float = 0.1
    power: float = 0.5
    seed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What to learn from.

    Attributes:
        features: ``(table, width)``, float16 or float32, may lie on disk.
        rows: ``(messages,)``, the row of ``features`` of each message.
        targets: ``(messages, labels)``, nan where not annotated.
        languages: ``(messages,)``, a number a language; only pairs of two languages are compared.
        weights: ``(messages,)``, how often each is drawn, up to a factor.
    """

    features: FloatArray
    rows: NDArray[np.intp]
    targets: FloatArray
    languages: NDArray[np.intp]
    weights: FloatArray


class _Projection(nn.Module):
    """``normalise(relu(x @ up + up_bias) @ down + bias)``."""

    def __init__(self, width: int, recipe: Recipe) -> None:
        super().__init__()
        self.up = nn.Linear(width, recipe.inner)
        self.down = nn.Linear(recipe.inner, recipe.size)
        self._drop = (recipe.drop_input, recipe.drop_inner)

    def forward(self, inputs: Tensor) -> Tensor:
        inputs = nn.functional.dropout(inputs, self._drop[0], self.training)
        inner = nn.functional.dropout(torch.relu(self.up(inputs)), self._drop[1], self.training)
        return nn.functional.normalize(self.down(inner), dim=1)


def fit(lesson: Lesson, *, recipe: Recipe, step: Callable[[int, float], None]) -> Arrays:
    """Train a projection.

    Args:
        lesson: what to learn from.
        recipe: of the run.
        step: told the number of steps done and the loss after each.

    Raises:
        ModelError: ``train.nan`` when the loss stops being a number.
    """
    torch.manual_seed(recipe.seed)
    generator = np.random.default_rng(recipe.seed)
    mean, scale = _spread(lesson, generator)
    network = _Projection(lesson.features.shape[1], recipe)
    optimiser = torch.optim.AdamW(network.parameters(), lr=recipe.rate, weight_decay=recipe.decay)
    schedule = one_cycle(optimiser, recipe.rate, steps=recipe.steps)
    cumulative = np.cumsum(lesson.weights, dtype=np.float64)
    batch = min(recipe.batch, len(lesson.targets))
    for done in range(1, recipe.steps + 1):
        drawn = np.searchsorted(cumulative, generator.random(batch) * cumulative[-1], side="right")
        picked = np.minimum(drawn, len(cumulative) - 1)
        inputs = (np.asarray(lesson.features[lesson.rows[picked]], np.float32) - mean) * scale
        loss = _loss(network(torch.from_numpy(inputs)), lesson, picked, temperature=recipe.temperature)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        schedule.step()
        step(done, _finite(loss.item(), done))
    return _arrays(network, mean=mean, scale=scale)


def _loss(vectors: Tensor, lesson: Lesson, picked: NDArray[np.intp], *, temperature: float) -> Tensor:
    languages = torch.from_numpy(lesson.languages[picked])
    return contrastive_loss(
        vectors,
        alike=overlap(torch.from_numpy(lesson.targets[picked])),
        comparable=languages[:, None] != languages[None],
        temperature=temperature,
    )


def _spread(lesson: Lesson, generator: np.random.Generator) -> tuple[FloatArray, FloatArray]:
    """Mean and inverse spread of the features on a sample, each ``(width,)``."""
    rows = generator.choice(lesson.rows, min(_SAMPLE, len(lesson.rows)), replace=False)
    sample = np.asarray(lesson.features[np.sort(rows)], np.float32)
    return sample.mean(axis=0), 1 / (sample.std(axis=0) + np.float32(1e-6))


def _finite(loss: float, step: int) -> float:
    if math.isfinite(loss):
        return loss
    raise ModelError(
        "train.nan",
        received=f"a loss of {loss} at step {step}",
        allowed="a finite loss",
        fix="Check that the features are finite numbers, or lower the learning rate.",
    )


def _arrays(network: _Projection, *, mean: FloatArray, scale: FloatArray) -> Arrays:
    found = {name: tensor.numpy().astype(np.float32) for name, tensor in network.state_dict().items()}
    return Arrays(
        mean=mean,
        scale=scale,
        up=np.ascontiguousarray(found["up.weight"].T),
        up_bias=found["up.bias"],
        down=np.ascontiguousarray(found["down.weight"].T),
        bias=found["down.bias"],
    )

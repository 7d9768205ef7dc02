"""Learning rates, batches and parameter groups of pre-training."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from tongli.core import FloatArray
from tongli.learning.pretrain.recipe import PretrainRecipe
from tongli.learning.train.pool import epoch

Rows = NDArray[np.intp]

_DRAW = 50_000
"""Windows drawn at once; the order within a draw depends on the seed and the number of the draw alone."""

_SORTED = 4096
"""Windows that are sorted by length together."""


def factor(step: int, *, steps: int, warm_up: float, schedule: str) -> float:
    """Share of the largest rate at a step, in 0..1; 0 before the first."""
    rising = max(1, round(steps * warm_up))
    if step < 0:
        return 0.0
    if step < rising:
        return (step + 1) / rising
    done = min(1.0, (step - rising) / max(1, steps - rising))
    if schedule == "constant":
        return 1.0
    return 1 - done if schedule == "linear" else (1 + math.cos(math.pi * done)) / 2


def rates(recipe: PretrainRecipe, *, head_steps: int) -> list[Callable[[int], float]]:
    """One a group: the encoder's rates start when it joins the head."""

    def after(start: int) -> Callable[[int], float]:
        return lambda step: factor(
            step - start, steps=recipe.steps - start, warm_up=recipe.warm_up, schedule=recipe.schedule
        )

    return [after(head_steps), after(head_steps), after(0), after(0)]


def draw(
    rows: Rows,
    weights: FloatArray,
    *,
    lengths: NDArray[np.int64],
    tokens: int,
    generator: np.random.Generator,
) -> list[Rows]:
    """Batches of similar length in random order, each of at most ``tokens`` tokens with its padding.

    Args:
        rows: windows to draw from.
        weights: of each row in sampling.
        lengths: of every window of the corpus.
        tokens: at least the longest window.
        generator: of the order.
    """
    drawn = epoch(rows, weights, size=min(_DRAW, len(rows)), generator=generator)
    batches = [
        batch
        for start in range(0, len(drawn), _SORTED)
        for batch in by_length(drawn[start : start + _SORTED], lengths=lengths, tokens=tokens)
    ]
    return [batches[index] for index in generator.permutation(len(batches))]


def by_length(rows: Rows, *, lengths: NDArray[np.int64], tokens: int) -> Iterator[Rows]:
    """Rows in batches of similar length, each of at most ``tokens`` tokens with its padding."""
    rows = rows[np.argsort(lengths[rows], kind="stable")]
    start = 0
    for place, row in enumerate(rows):
        if (place - start + 1) * lengths[row] > tokens:
            yield rows[start:place]
            start = place
    if len(rows):
        yield rows[start:]

"""Training of a tagger on stored token states: minutes on one core."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.optim import AdamW

from tongli.core import FloatArray, InputError
from tongli.emotion.marker_units import FORMS, pooled
from tongli.learning.cycle import one_cycle
from tongli.learning.tagging.alignment import Example
from tongli.learning.tagging.network import Tagger
from tongli.learning.train.checkpoint import require_finite

_IGNORED = -100
_POOLED = 8
"""Batches that are drawn together and sorted by length, so that little is padding."""
_SAMPLE = 2000

Step = Callable[[int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to train.

    Attributes:
        epochs: passes over as many texts as there are.
        batch: texts a step.
        rate: largest learning rate.
        inner: channels of the network.
        dropout, form_dropout: see :class:`~tongli.learning.tagging.network.Tagger`.
        power: a language of n texts is drawn in proportion to n to this power.
        bfloat16: products in half precision, faster where the processor knows it; weights stay float32.
        seed: of everything random.
    """

    epochs: int = 6
    batch: int = 32
    rate: float = 2e-3
    inner: int = 128
    dropout: float = 0.3
    form_dropout: float = 0.1
    power: float = 0.5
    bfloat16: bool = False
    seed: int = 0


def steps_of(count: int, options: Options) -> int:
    """Steps that training on ``count`` texts takes."""
    return max(1, math.ceil(count * options.epochs / options.batch))


def fit(examples: Sequence[Example], *, labels: int, options: Options, step: Step) -> Tagger:
    """Train a tagger.

    Args:
        examples: to learn from.
        labels: how many there are.
        options: see there.
        step: told the number of steps done.

    Raises:
        InputError: ``train.empty`` or ``train.one-class``.
        ModelError: ``train.nan``.
    """
    _require_contrast(examples, labels=labels)
    generator = np.random.default_rng(options.seed)
    torch.manual_seed(options.seed)
    network = _network(examples, labels=labels, options=options)
    optimiser = AdamW(network.parameters(), lr=options.rate, weight_decay=0.01, fused=True)
    steps = steps_of(len(examples), options)
    schedule = one_cycle(optimiser, options.rate, steps=steps)
    network.train()
    for done, rows in enumerate(_draw(examples, steps=steps, options=options, generator=generator), start=1):
        states, forms, tags, mask = batch_of([examples[row] for row in rows])
        with torch.autocast("cpu", torch.bfloat16, enabled=options.bfloat16):
            logits = network(states, forms, mask).float()
        loss = nn.functional.cross_entropy(logits.flatten(0, 1), tags.flatten(), ignore_index=_IGNORED)
        require_finite(float(loss.detach()), step=done)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        step(done)
    return network.eval()


def batch_of(examples: Sequence[Example]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """States, forms, tags and mask of some texts, padded to ``(texts, longest, …)``."""
    longest = max(len(example.tags) for example in examples)
    shape = (len(examples), longest)
    states = np.zeros((*shape, examples[0].tokens.states.shape[1]), np.float32)
    forms = np.zeros((*shape, FORMS), np.int64)
    tags = np.full(shape, _IGNORED, np.int64)
    mask = np.zeros(shape, np.float32)
    for row, example in enumerate(examples):
        size = len(example.tags)
        states[row, :size] = pooled(example.tokens.states, example.units)
        forms[row, :size] = example.units.forms
        tags[row, :size] = example.tags
        mask[row, :size] = 1
    found = (torch.from_numpy(array) for array in (states, forms, tags, mask))
    return next(found), next(found), next(found), next(found)


def _network(examples: Sequence[Example], *, labels: int, options: Options) -> Tagger:
    mean, scale = _spread(examples, seed=options.seed)
    return Tagger(
        mean=mean,
        scale=scale,
        tags=1 + 2 * labels,
        inner=options.inner,
        dropout=options.dropout,
        form_dropout=options.form_dropout,
    )


def _spread(examples: Sequence[Example], *, seed: int) -> tuple[FloatArray, FloatArray]:
    """Mean and inverse spread of the states of a sample of the texts, each ``(hidden,)``."""
    rows = np.random.default_rng(seed).permutation(len(examples))[:_SAMPLE]
    states = np.concatenate([np.asarray(examples[row].tokens.states, np.float32) for row in rows])
    mean, spread = states.mean(axis=0), states.std(axis=0)
    return np.asarray(mean, np.float32), np.asarray(1 / (spread + 1e-6), np.float32)


def _draw(
    examples: Sequence[Example], *, steps: int, options: Options, generator: np.random.Generator
) -> list[list[int]]:
    """Rows of each step; languages balanced, batches of similar length in random order."""
    sizes = Counter(example.record.lang for example in examples)
    weights = np.array([sizes[example.record.lang] ** (options.power - 1) for example in examples])
    lengths = np.array([len(example.tags) for example in examples])
    batches: list[list[int]] = []
    while len(batches) < steps:
        drawn = generator.choice(len(examples), options.batch * _POOLED, p=weights / weights.sum())
        pooled = drawn[np.argsort(lengths[drawn], kind="stable")].reshape(_POOLED, options.batch)
        batches += [pooled[place].tolist() for place in generator.permutation(_POOLED)]
    return batches[:steps]


def _require_contrast(examples: Sequence[Example], *, labels: int) -> None:
    if not examples:
        raise InputError(
            "train.empty",
            received="no text to learn from",
            allowed="at least one text with spans",
            fix="Add texts, or leave fewer languages out.",
        )
    found = {int(tag) for example in examples for tag in example.tags}
    missing = [index for index in range(labels) if 1 + 2 * index not in found]
    if 0 not in found or missing:
        raise InputError(
            "train.one-class",
            received=f"{len(examples):,} texts that are marked whole, or without spans of some label",
            allowed="texts with spans of every label, and words outside of spans",
            fix="Add texts with the labels and words that are missing.",
        )

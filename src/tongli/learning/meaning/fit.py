"""The run: states of the frozen layers chunk by chunk, and steps on what has been read so far."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from tongli.core import Span, Tokens
from tongli.learning.meaning.examples import Example, Marks
from tongli.learning.meaning.faults import KINDS
from tongli.learning.meaning.network import Batch, PairNetwork

Encode = Callable[[Sequence[str]], list[Tokens]]
Tell = Callable[[str], None]

_RUN = 24
"""Examples that stay together when all are shuffled, so that they share texts."""
_UNKNOWN = -1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How to learn.

    Attributes:
        rate: the highest learning rate.
        batch: pairs a step.
        chunk: examples that are read at a time; after each chunk follow ``replay`` times as many pairs,
            drawn of all that were read.
        replay: see there.
        after: epochs over everything at the end.
        warmup: share of the run.
        token, kind: weights of the losses of tokens and kinds.
        seed: of the order.
    """

    rate: float = 2e-3
    batch: int = 32
    chunk: int = 480
    replay: float = 3.0
    after: float = 2.0
    warmup: float = 0.03
    token: float = 1.0
    kind: float = 0.1
    seed: int = 11


@dataclass(frozen=True, slots=True)
class Piece:
    """Places of a text's tokens, and their states in half precision."""

    spans: tuple[Span, ...]
    states: NDArray[np.float16]


def fit(
    network: PairNetwork,
    examples: Sequence[Example],
    *,
    encode: Encode,
    recipe: Recipe,
    checkpoint: Path,
    tell: Tell,
) -> dict[str, Piece]:
    """Learn from the examples, in place; returns the texts that were read.

    Args:
        network: as made.
        examples: in an order in which those that share texts are near.
        encode: texts → tokens with their frozen states.
        recipe: how.
        checkpoint: a file that gets the network's weights now and then.
        tell: told about each chunk.
    """
    ordered = shuffled(examples, seed=recipe.seed)
    optimizer = torch.optim.AdamW(network.parameters(), lr=recipe.rate, weight_decay=0.02)
    draw = random.Random(recipe.seed)  # noqa: S311 - repeatable, guards nothing
    total = len(ordered) * (recipe.replay + recipe.after)
    read: dict[str, Piece] = {}
    seen = 0.0
    starts = [*range(0, len(ordered), recipe.chunk)]
    rounds = [(start, recipe.replay) for start in starts]
    rounds += [(len(ordered), len(starts) * recipe.after / 10) for _ in range(10)]
    for start, times in rounds:
        begun = time.process_time()
        chunk = ordered[start : start + recipe.chunk]
        read |= read_texts([*chunk], encode, known=read)
        between = time.process_time()
        known = ordered[: start + recipe.chunk]
        losses = []
        for batch in batches(known, read, size=recipe.batch, count=int(times * recipe.chunk), draw=draw):
            factor = min(1.0, seen / total / recipe.warmup) * (0.02 + 0.98 * max(0.0, 1 - seen / total))
            for group in optimizer.param_groups:
                group["lr"] = recipe.rate * factor
            optimizer.zero_grad()
            loss = batch.loss(network, recipe)
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            losses.append(loss.item())
            seen += len(batch.fault)
        torch.save(network.state_dict(), checkpoint)
        spent = f"{between - begun:.1f} s read, {time.process_time() - between:.1f} s learnt"
        tell(f"{len(known)} of {len(ordered)} examples, {spent}, loss {np.mean(losses):.3f}")
    return read


def shuffled(examples: Sequence[Example], *, seed: int) -> list[Example]:
    """Runs of neighbours in another order."""
    runs = [list(examples[start : start + _RUN]) for start in range(0, len(examples), _RUN)]
    random.Random(seed).shuffle(runs)  # noqa: S311 - repeatable, guards nothing
    return [example for run in runs for example in run]


def read_texts(
    examples: Sequence[Example], encode: Encode, *, known: Mapping[str, Piece]
) -> dict[str, Piece]:
    """Each text of the examples that is not known, with its tokens."""
    told = dict.fromkeys(told.text for example in examples for told in (example.first, example.second))
    texts = [text for text in told if text not in known]
    return {
        text: Piece(tokens.spans, tokens.states.astype(np.float16))
        for text, tokens in zip(texts, encode(texts) if texts else [], strict=True)
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Goals:
    """A batch with what is to be said of it: ``-1`` where that is not known."""

    batch: Batch
    fault: torch.Tensor
    kinds: torch.Tensor
    tokens: torch.Tensor

    def loss(self, network: PairNetwork, recipe: Recipe) -> torch.Tensor:
        """Of pairs, tokens and kinds."""
        told = network(self.batch)
        loss = nn.functional.binary_cross_entropy_with_logits(told.fault, self.fault)
        known = self.tokens >= 0
        goal = self.tokens.clamp(min=0)
        each = nn.functional.binary_cross_entropy_with_logits(told.tokens, goal, reduction="none")
        weight = known * (1 + 4 * goal)
        loss = loss + recipe.token * (each * weight).sum() / weight.sum().clamp(min=1)
        faulty = self.kinds >= 0
        if faulty.any():
            kinds = nn.functional.cross_entropy(told.kinds[faulty], self.kinds[faulty])
            loss = loss + recipe.kind * kinds
        return torch.as_tensor(loss)


def batches(
    examples: Sequence[Example], read: Mapping[str, Piece], *, size: int, count: int, draw: random.Random
) -> Iterator[Goals]:
    """About ``count`` examples, drawn at random, in batches of like length."""
    chosen = [draw.choice(examples) for _ in range(count)]
    chosen.sort(
        key=lambda example: sum(len(read[told.text].spans) for told in (example.first, example.second))
    )
    parts = [chosen[start : start + size] for start in range(0, len(chosen), size)]
    draw.shuffle(parts)
    return (goals(part, read) for part in parts)


def goals(examples: Sequence[Example], read: Mapping[str, Piece]) -> Goals:
    """A batch of examples."""
    rows = [[read[told.text] for told in (example.first, example.second)] for example in examples]
    longest = max(len(piece.spans) for row in rows for piece in row)
    hidden = rows[0][0].states.shape[1]
    states = np.zeros((2, len(rows), longest, hidden), np.float32)
    mask = np.zeros(states.shape[:3], np.float32)
    tokens = np.full(states.shape[:3], _UNKNOWN, np.float32)
    for at, (row, example) in enumerate(zip(rows, examples, strict=True)):
        for side, (piece, marks) in enumerate(zip(row, example.marks, strict=True)):
            size = len(piece.spans)
            states[side, at, :size] = piece.states
            mask[side, at, :size] = 1
            tokens[side, at, :size] = marked(piece.spans, marks)
    return Goals(
        batch=Batch(torch.from_numpy(states), torch.from_numpy(mask)),
        fault=torch.tensor([float(bool(example.kind)) for example in examples]),
        kinds=torch.tensor([KINDS.index(example.kind) if example.kind else -1 for example in examples]),
        tokens=torch.from_numpy(tokens),
    )


def marked(spans: Sequence[Span], marks: Marks) -> NDArray[np.float32]:
    """1 for tokens within the marks, 0 for others, -1 where nothing is known, ``(tokens,)``."""
    if marks is None:
        return np.full(len(spans), _UNKNOWN, np.float32)
    return np.array(
        [any(low < end and start < high for start, end in marks) for low, high in spans], np.float32
    )

"""The network that learns: attention between the states of two texts, and what has no counterpart."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn

from tongli.core import FloatArray
from tongli.learning.meaning.faults import KINDS

WIDTH = 128
"""Width of what a token is compared in."""
_HEADS = 4
_FAR = -1e4
"""Added where there is no token."""


class Batch(NamedTuple):
    """Pairs of texts.

    Attributes:
        states: ``(2, pairs, tokens, hidden)`` of first and second texts; zeros where padded.
        mask: ``(2, pairs, tokens)``, 1 for tokens.
    """

    states: Tensor
    mask: Tensor


class Told(NamedTuple):
    """What the network says of a batch.

    Attributes:
        fault: ``(pairs,)``, log-odds that the texts say different things.
        kinds: ``(pairs, kinds)``, logits of what is wrong if something is.
        tokens: ``(2, pairs, tokens)``, log-odds that a token has no counterpart.
    """

    fault: Tensor
    kinds: Tensor
    tokens: Tensor


class PairNetwork(nn.Module):
    """Both directions share all weights, so that the order of the texts does not matter.

    Args:
        hidden: width of the encoder's states.
    """

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.enter = nn.Linear(hidden, WIDTH)
        self.align = nn.Linear(hidden, WIDTH, bias=False)
        self.sharp = nn.Parameter(torch.tensor(math.log(12.0)))
        self.compare = nn.Sequential(nn.Linear(4 * WIDTH, WIDTH), nn.ReLU(), nn.Linear(WIDTH, WIDTH))
        self.own = Attention()
        self.other = Attention()
        self.again = nn.Sequential(nn.Linear(4 * WIDTH, WIDTH), nn.ReLU(), nn.Linear(WIDTH, WIDTH))
        self.norms = nn.ModuleList(nn.LayerNorm(WIDTH) for _ in range(4))
        self.token = nn.Linear(WIDTH, 1)
        self.pair = nn.Linear(2 * WIDTH + 1, 1 + len(KINDS))

    def forward(self, batch: Batch) -> Told:
        """What is said of each pair."""
        states, mask = batch
        column = mask[..., None]
        middle = (states * column).sum(2, keepdim=True) / column.sum(2, keepdim=True)
        near = nn.functional.normalize(self.align(states - middle), dim=-1)
        entered = self.norms[0](self.enter(states))
        there = (1 - mask.flip(0))[:, :, None, :] * _FAR
        weights = (near @ near.flip(0).transpose(2, 3) * self.sharp.exp() + there).softmax(-1)
        found = weights @ entered.flip(0)
        now = self.norms[1](self.compare(_beside(entered, found)) + entered)
        now = self.norms[2](now + self.own(now, now, (1 - mask)[:, :, None, None, :] * _FAR))
        found = self.other(now, now.flip(0), there[:, :, None])
        now = self.norms[3](self.again(_beside(now, found)) + now)
        tokens = self.token(now).squeeze(3)
        far = (1 - mask) * _FAR
        pooled = torch.cat(
            [
                (now + far[..., None]).amax(2),
                (now * column).sum(2) / column.sum(2),
                (tokens + far).amax(2)[..., None],
            ],
            dim=2,
        )
        pair = self.pair(pooled).sum(0)
        return Told(pair[:, 0], pair[:, 1:], tokens)

    def arrays(self) -> dict[str, FloatArray]:
        """Every weight by its name; matrices ``(in, out)``."""
        return {
            name: np.ascontiguousarray(
                value.detach().numpy().T if value.ndim == 2 else value.detach().numpy()
            )
            for name, value in self.state_dict().items()
        }


class Attention(nn.Module):
    """Attention of several heads."""

    def __init__(self) -> None:
        super().__init__()
        self.query = nn.Linear(WIDTH, WIDTH)
        self.key = nn.Linear(WIDTH, WIDTH)
        self.value = nn.Linear(WIDTH, WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)

    def forward(self, asking: Tensor, asked: Tensor, bias: Tensor) -> Tensor:
        """``(2, pairs, tokens, width)`` of what each token finds; ``bias`` ``(2, pairs, 1, 1, tokens)``."""
        query, key, value = (
            part.unflatten(-1, (_HEADS, -1)).transpose(2, 3)
            for part in (self.query(asking), self.key(asked), self.value(asked))
        )
        scores = query @ key.transpose(-1, -2) / math.sqrt(WIDTH / _HEADS) + bias
        found = scores.softmax(-1) @ value
        return torch.as_tensor(self.out(found.transpose(2, 3).flatten(3)))


def _beside(one: Tensor, two: Tensor) -> Tensor:
    return torch.cat([one, two, (one - two).abs(), one * two], dim=-1)

"""Two upper layers of a tiny encoder, and a task on made-up states."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from tongli.encoders.weights import from_folder
from tongli.learning.states import States
from tongli.learning.train.network import Upper
from tongli.learning.train.pool import Labelled, Pool

TEXTS, TOKENS = 64, 5
HIGH = np.random.default_rng(1).random(TEXTS) < 0.5


@pytest.fixture(scope="session")
def weights(tiny_model):
    return from_folder(tiny_model)


@pytest.fixture
def new_network(weights):
    """A maker of equal networks with layers 2 and 3; the heads read layer 3 and one that is frozen."""

    def make(*, dropout: float = 0.0) -> Upper:
        torch.manual_seed(3)
        width = 2 * weights.hidden
        return Upper(
            weights,
            depth=1,
            pooled=(3,),
            heads={"ekman6": (8, 6), "intensity": (8, 6)},
            mean=np.zeros(width, np.float32),
            scale=np.ones(width, np.float32),
            dropout=dropout,
            head_dropout=0.0,
        )

    return make


@pytest.fixture(scope="session")
def states(weights) -> States:
    random = np.random.default_rng(0)
    tokens = random.normal(0, 1, (TEXTS * TOKENS, weights.hidden))
    tokens[:, :8] += np.repeat(HIGH, TOKENS)[:, None] * 2.0 - 1.0
    return States(
        tokens=tokens.astype(np.float16),
        starts=np.arange(0, TEXTS * TOKENS + 1, TOKENS),
        pooled=np.zeros((TEXTS, weights.hidden), np.float16),
    )


@pytest.fixture(scope="session")
def pool() -> Pool:
    """Joy where the first numbers of a text's states are high; anger where not."""
    items = []
    for index, high in enumerate(HIGH):
        item = Labelled(f"text {index}")
        for head in ("ekman6", "intensity"):
            item.targets[head] = np.array([not high, 0, 0, high, 0, 0], np.float32)
            item.langs[head], item.sources[head] = "en", "authored"
        items.append(item)
    rows = np.arange(TEXTS)
    return Pool(items=tuple(items), fit=rows[: TEXTS // 2], held_out=rows[TEXTS // 2 :])


@pytest.fixture
def batch(states):
    """Arguments of ``Upper.features`` for four texts, one of them shorter."""
    values = torch.from_numpy(states.tokens[: 4 * TOKENS].astype(np.float32)).view(4, TOKENS, -1)
    mask = torch.ones(4, TOKENS)
    mask[1, 3:] = 0
    return values, mask, torch.zeros(4, values.shape[2])

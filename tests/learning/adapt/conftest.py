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
            heads={"ekman6": 8, "intensity": 8},
            mean=np.zeros(width, np.float32),
            scale=np.ones(width, np.float32),
            dropout=dropout,
            head_dropout=0.0,
        )

    return make


@pytest.fixture(scope="session")
def states(weights) -> States:
    random = np.random.default_rng(0)
    return States(
        tokens=random.normal(0, 1, (TEXTS * TOKENS, weights.hidden)).astype(np.float16),
        starts=np.arange(0, TEXTS * TOKENS + 1, TOKENS),
        pooled=np.zeros((TEXTS, weights.hidden), np.float16),
    )


@pytest.fixture(scope="session")
def pool(states) -> Pool:
    """Joy where the first number of a text's states is high; anger where not."""
    highs = states.tokens[:, 0].astype(np.float32).reshape(TEXTS, TOKENS).mean(1) > 0
    items = []
    for index, high in enumerate(highs):
        item = Labelled(f"text {index}")
        for head, size in (("ekman6", 6), ("intensity", 6)):
            item.targets[head] = np.array([not high, 0, 0, high, 0, 0][:size], np.float32)
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

"""The Fisher information is the curvature of the training loss, and the penalty is its parabola."""

from __future__ import annotations

import copy

import numpy as np
import pytest
import torch

from tongli.encoders.weights import from_folder
from tongli.learning.continual.penalty import fisher, held
from tongli.learning.states import States
from tongli.learning.train.network import Upper
from tongli.learning.train.recipe import HeadRecipe, Recipe

TEXTS = 300


@pytest.fixture(scope="module")
def network(tiny_model):
    torch.manual_seed(0)
    weights = from_folder(tiny_model)
    width = 2 * weights.hidden
    return Upper(
        weights,
        depth=2,
        pooled=(3,),
        heads={"politeness": (4, 1), "empathy": (4, 1), "sentiment": (4, 3)},
        mean=np.zeros(width, np.float32),
        scale=np.ones(width, np.float32),
        dropout=0.1,
        head_dropout=0.1,
    ).eval()


@pytest.fixture(scope="module")
def states():
    random = np.random.default_rng(0)
    return States(
        tokens=random.normal(0, 1, (2 * TEXTS, 32)).astype(np.float16),
        starts=np.arange(0, 2 * TEXTS + 1, 2),
        pooled=random.normal(0, 1, (TEXTS, 32)).astype(np.float16),
    )


@pytest.fixture(scope="module")
def importance(network, states):
    heads = {name: HeadRecipe() for name in ("politeness", "empathy", "sentiment")}
    told = []
    found = fisher(
        network,
        states=states,
        rows=np.arange(TEXTS),
        recipe=Recipe(heads=heads),
        seed=1,
        tell=lambda done, total: told.append((done, total)),
    )
    assert told[-1] == (TEXTS, TEXTS)
    return found


def probability(network, states, head):
    from tongli.learning.train.loop import predict

    logits = predict(network, heads=(head,), states=states, rows=np.arange(TEXTS))[head]
    return torch.from_numpy(logits)


def test_a_bias_of_a_binary_head_has_the_curvature_of_its_cross_entropy(network, states, importance):
    chance = probability(network, states, "politeness").sigmoid()
    expected = float((chance * (1 - chance)).mean())
    assert float(importance["heads.politeness.down.bias"]) == pytest.approx(expected, rel=0.15)


def test_a_bias_of_a_regression_has_the_curvature_of_its_squared_error(importance):
    assert float(importance["heads.empathy.down.bias"]) == pytest.approx(2.0, rel=0.2)


def test_biases_of_a_choice_have_the_curvature_of_its_cross_entropy(network, states, importance):
    chance = probability(network, states, "sentiment").softmax(1)
    expected = (chance * (1 - chance)).mean(0)
    torch.testing.assert_close(importance["heads.sentiment.down.bias"], expected, rtol=0.25, atol=0.02)


def test_every_weight_of_layers_and_heads_has_an_importance(network, importance):
    assert set(importance) == {name for name, _ in network.named_parameters()}
    assert all(bool((value >= 0).all()) for value in importance.values())
    assert float(importance["layers.0.output.dense.weight"].sum()) > 0


@pytest.mark.parametrize("weighed", [True, False])
def test_the_penalty_is_nothing_at_the_start_and_a_parabola_around_it(network, importance, weighed):
    moved = copy.deepcopy(network)
    penalty = held(network, strength=3.0, importance=importance if weighed else None)
    assert float(penalty(moved).detach()) == 0.0
    bias = moved.heads["empathy"].down.bias
    with torch.no_grad():
        bias += 0.5
    weight = float(importance["heads.empathy.down.bias"]) if weighed else 1.0
    assert float(penalty(moved).detach()) == pytest.approx(1.5 * weight * 0.25)
    penalty(moved).backward()
    assert float(bias.grad) == pytest.approx(3.0 * weight * 0.5)

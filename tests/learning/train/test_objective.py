from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from tongli.encoders.weights import from_folder
from tongli.learning.train.batch import Goals, Inputs
from tongli.learning.train.losses import divergences, example_losses
from tongli.learning.train.network import Upper
from tongli.learning.train.objective import batch_loss
from tongli.learning.train.recipe import HeadRecipe, Recipe

RECIPE = Recipe(heads={"ekman6": HeadRecipe(loss=2.0), "intensity": HeadRecipe()})


def build(tiny_model, *, dropout):
    weights = from_folder(tiny_model)
    width = 2 * weights.hidden
    torch.manual_seed(0)
    network = Upper(
        weights,
        depth=2,
        pooled=(3,),
        heads={"ekman6": (8, 6), "intensity": (8, 6)},
        mean=np.zeros(width, np.float32),
        scale=np.ones(width, np.float32),
        dropout=dropout,
        head_dropout=dropout,
    )
    states, lower = torch.randn(3, 5, weights.hidden), torch.randn(3, weights.hidden)
    nan = float("nan")
    goals = {
        "ekman6": Goals(torch.tensor([0, 2]), torch.tensor([[1.0, 0, 0, 1, nan, 0], [0, nan, nan, 1, 1, 0]])),
        "intensity": Goals(torch.tensor([1]), torch.tensor([[0.0, 3, nan, 1, 2, 0]])),
    }
    return network, Inputs(states, torch.ones(3, 5), lower), goals


def test_the_loss_is_a_weighted_sum_a_text_of_the_whole_batch(tiny_model):
    network, inputs, goals = build(tiny_model, dropout=0.0)
    found = batch_loss(network, inputs, goals, recipe=RECIPE, of=4)
    features = network.features(*inputs)
    ekman6 = example_losses(
        network.heads["ekman6"](features[[0, 2]]), goals["ekman6"].targets, kind="multilabel"
    )
    intensity = example_losses(
        network.heads["intensity"](features[[1]]), goals["intensity"].targets, kind="ordinal"
    )
    torch.testing.assert_close(found.total, (2 * ekman6.sum() + intensity.sum()) / 4)
    torch.testing.assert_close(found.parts["loss/ekman6"], ekman6.detach().mean())
    assert set(found.parts) == {"loss/ekman6", "loss/intensity"}


def test_r_drop_is_nothing_without_dropout(tiny_model):
    network, inputs, goals = build(tiny_model, dropout=0.0)
    plain = batch_loss(network, inputs, goals, recipe=RECIPE, of=3)
    twice = batch_loss(network, inputs, goals, recipe=replace(RECIPE, r_drop=4.0), of=3)
    torch.testing.assert_close(twice.total, plain.total)
    assert twice.parts["r-drop/ekman6"] == twice.parts["r-drop/intensity"] == 0


def test_r_drop_is_half_the_objective_of_the_paper(tiny_model):
    network, inputs, goals = build(tiny_model, dropout=0.3)
    recipe = replace(RECIPE, r_drop=4.0)
    torch.manual_seed(7)
    found = batch_loss(network, inputs, goals, recipe=recipe, of=3)
    torch.manual_seed(7)
    features = [network.features(*inputs) for _ in range(2)]
    wanted = torch.zeros(())
    for name, kind in (("ekman6", "multilabel"), ("intensity", "ordinal")):
        places, targets = goals[name]
        left, right = (network.heads[name](each[places]) for each in features)
        likelihood = sum(example_losses(logits, targets, kind=kind).sum() for logits in (left, right))
        apart = divergences(left, right, targets, kind=kind)
        assert (apart > 0).all()
        wanted = wanted + recipe.heads[name].loss * (likelihood + 4.0 * apart.sum()) / 2 / 3
    torch.testing.assert_close(found.total, wanted)


def test_r_drop_pulls_two_passes_together(tiny_model):
    network, inputs, goals = build(tiny_model, dropout=0.3)
    optimiser = torch.optim.SGD(network.parameters(), lr=0.05)
    recipe = replace(RECIPE, r_drop=20.0)

    def apart():
        torch.manual_seed(99)
        with torch.no_grad():
            found = [batch_loss(network, inputs, goals, recipe=recipe, of=3) for _ in range(8)]
        return float(np.mean([each.parts["r-drop/ekman6"] for each in found]))

    before = apart()
    for step in range(20):
        torch.manual_seed(step)
        optimiser.zero_grad()
        batch_loss(network, inputs, goals, recipe=recipe, of=3).total.backward()
        optimiser.step()
    assert apart() < before


@pytest.mark.parametrize("r_drop", [0.0, 1.0])
def test_half_precision_is_near_and_its_gradients_are_whole(tiny_model, r_drop):
    network, inputs, goals = build(tiny_model, dropout=0.0)
    found = []
    for precision in ("float32", "bfloat16"):
        recipe = replace(RECIPE, precision=precision, r_drop=r_drop)
        network.zero_grad()
        loss = batch_loss(network, inputs, goals, recipe=recipe, of=3).total
        loss.backward()
        assert {item.grad.dtype for item in network.parameters()} == {torch.float32}
        found.append(loss.item())
    assert found[0] != found[1]
    assert found[1] == pytest.approx(found[0], rel=0.02)

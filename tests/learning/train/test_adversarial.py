"""Disturbances stay in their ball, raise the loss, and leave the gradients that the papers say."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
import torch

from tongli.encoders.weights import from_folder
from tongli.learning.train.adversarial import Fgm, FreeLb, Pgd, choose_attack, no_attack
from tongli.learning.train.batch import Goals, Inputs
from tongli.learning.train.network import Upper
from tongli.learning.train.objective import batch_loss
from tongli.learning.train.recipe import ATTACKS, HeadRecipe, Recipe

RECIPE = Recipe(heads={"ekman6": HeadRecipe(), "sentiment": HeadRecipe(loss=0.5)})
LENGTHS = (3, 9, 5, 2)
RADIUS = 0.2
ALL = (Fgm(RADIUS), Pgd(RADIUS, 3, 0.1), FreeLb(RADIUS, 3, 0.1))


@pytest.fixture(scope="module")
def weights(tiny_model):
    return from_folder(tiny_model)


@pytest.fixture
def network(weights):
    torch.manual_seed(0)
    width = 2 * weights.hidden
    return Upper(
        weights,
        depth=2,
        pooled=(3,),
        heads={"ekman6": (8, 6), "sentiment": (8, 3)},
        mean=np.zeros(width, np.float32),
        scale=np.ones(width, np.float32),
        dropout=0.0,
        head_dropout=0.0,
    )


@pytest.fixture
def inputs(weights):
    torch.manual_seed(1)
    mask = torch.tensor([[float(place < length) for place in range(max(LENGTHS))] for length in LENGTHS])
    scale = torch.tensor([1.0, 5.0, 0.1, 1.0])[:, None, None]
    states = torch.randn(len(LENGTHS), max(LENGTHS), weights.hidden) * mask[:, :, None] * scale
    return Inputs(states, mask, torch.randn(len(LENGTHS), weights.hidden))


@pytest.fixture
def goals():
    return {
        "ekman6": Goals(torch.arange(4), torch.tensor([[1.0, 0, 0, 1, float("nan"), 0]] * 4)),
        "sentiment": Goals(torch.tensor([1, 3]), torch.eye(3)[:2]),
    }


class Passes:
    """The batch's loss, and what it was asked for."""

    def __init__(self, network, inputs, goals, *, of=4):
        self.states, self.losses = [], []
        self._inputs = inputs
        self._loss = partial(batch_loss, network, goals=goals, recipe=RECIPE, of=of)

    def __call__(self, states):
        found = self._loss(self._inputs._replace(states=states))
        self.states.append(states.detach().clone())
        self.losses.append(found.total.item())
        return found

    def shares(self, index):
        """Length of each text's disturbance, as a share of that of its states."""
        offset = self.states[index] - self._inputs.states
        return (offset.flatten(1).norm(dim=1) / self._inputs.states.flatten(1).norm(dim=1)).tolist()


def gradients(network):
    found = [None if item.grad is None else item.grad.clone() for item in network.parameters()]
    network.zero_grad()
    return found


def at(network, inputs, goals, states):
    """Gradients of the plain loss at given states."""
    batch_loss(network, inputs._replace(states=states), goals, recipe=RECIPE, of=4).total.backward()
    return gradients(network)


def run(attack, network, inputs, goals, *, of=4):
    passes = Passes(network, inputs, goals, of=of)
    found = attack(passes, inputs, random=torch.Generator().manual_seed(5))
    return passes, found, gradients(network)


def same(found, wanted):
    for left, right in zip(found, wanted, strict=True):
        torch.testing.assert_close(left, right, rtol=1e-4, atol=1e-6)


def test_fgm_goes_as_far_as_it_may_and_raises_the_loss(network, inputs, goals):
    passes, found, grads = run(Fgm(RADIUS), network, inputs, goals)
    assert passes.shares(0) == [0, 0, 0, 0]
    assert passes.shares(1) == pytest.approx([RADIUS] * 4, rel=1e-4)
    assert passes.losses[1] > passes.losses[0]
    assert found.total.item() == pytest.approx(np.mean(passes.losses))
    clean, worse = (at(network, inputs, goals, states) for states in passes.states)
    same(grads, [(left + right) / 2 for left, right in zip(clean, worse, strict=True)])
    assert found.parts["adversarial/ekman6"] > found.parts["loss/ekman6"]


def test_fgm_raises_the_loss_of_every_text_more_than_chance(network, inputs, goals):
    passes, _, _ = run(Fgm(0.01), network, inputs, goals)
    for row, goal in enumerate(goals["ekman6"].targets):
        one = Inputs(*(part[row : row + 1] for part in inputs))
        target = {"ekman6": Goals(torch.tensor([0]), goal[None])}
        alone, _, _ = run(Fgm(0.01), network, one, target, of=1)
        torch.manual_seed(row)
        noise = torch.randn(50, *one.states.shape[1:]) * one.mask[:, :, None]
        noise *= (0.01 * one.states.norm() / noise.flatten(1).norm(dim=1))[:, None, None]
        chance = [Passes(network, one, target, of=1)(one.states + part).total.item() for part in noise]
        assert alone.losses[1] > max(chance)
    assert passes.losses[1] > passes.losses[0]


def test_pgd_learns_from_the_worst_point_alone(network, inputs, goals):
    passes, found, grads = run(Pgd(RADIUS, 3, 0.1), network, inputs, goals)
    assert len(passes.losses) == 4
    assert max(max(passes.shares(index)) for index in range(4)) <= RADIUS * 1.0001
    assert passes.losses[-1] > passes.losses[0]
    assert found.total.item() == pytest.approx(passes.losses[-1])
    same(grads, at(network, inputs, goals, passes.states[-1]))


def test_pgd_is_held_in_the_ball(network, inputs, goals):
    passes, _, _ = run(Pgd(0.05, 3, 1.0), network, inputs, goals)
    assert passes.shares(3) == pytest.approx([0.05] * 4, rel=1e-3)


def test_freelb_gradients_are_the_mean_over_the_way_up(network, inputs, goals):
    passes, found, grads = run(FreeLb(RADIUS, 3, 0.1), network, inputs, goals)
    assert len(passes.losses) == 3
    assert passes.losses == sorted(passes.losses)
    assert max(max(passes.shares(index)) for index in range(3)) <= RADIUS * 1.0001
    each = [at(network, inputs, goals, states) for states in passes.states]
    same(grads, [torch.stack(parts).mean(0) for parts in zip(*each, strict=True)])
    assert found.total.item() == pytest.approx(np.mean(passes.losses))
    assert found.parts["adversarial/ekman6"] > found.parts["loss/ekman6"]


@pytest.mark.parametrize("attack", ALL[1:])
def test_a_search_starts_at_random_within_the_ball(attack, network, inputs, goals):
    starts = []
    for seed in (0, 0, 1):
        passes = Passes(network, inputs, goals)
        attack(passes, inputs, random=torch.Generator().manual_seed(seed))
        starts.append(passes.states[0])
        assert all(0 < share < RADIUS for share in passes.shares(0))
    assert torch.equal(starts[0], starts[1])
    assert not torch.equal(starts[0], starts[2])


@pytest.mark.parametrize("attack", ALL)
def test_padding_is_never_disturbed(attack, network, inputs, goals):
    passes, _, _ = run(attack, network, inputs, goals)
    for states in passes.states:
        assert states[inputs.mask == 0].eq(0).all()


def test_the_attack_on_a_text_does_not_depend_on_its_batch(network, inputs, goals):
    """So processes that share a batch add up to one."""
    _, _, whole = run(Fgm(RADIUS), network, inputs, goals)
    halves = []
    for low in (0, 2):
        part = Inputs(*(item[low : low + 2] for item in inputs))
        ekman6 = Goals(torch.arange(2), goals["ekman6"].targets[low : low + 2])
        sentiment = Goals(torch.tensor([1]), goals["sentiment"].targets[low // 2 : low // 2 + 1])
        halves.append(run(Fgm(RADIUS), network, part, {"ekman6": ekman6, "sentiment": sentiment})[2])
    same([left + right for left, right in zip(*halves, strict=True)], whole)


def test_no_attack_is_the_plain_gradient(network, inputs, goals):
    passes, _, grads = run(no_attack, network, inputs, goals)
    assert len(passes.losses) == 1
    same(grads, at(network, inputs, goals, inputs.states))


@pytest.mark.parametrize("attack", [no_attack, *ALL])
def test_nothing_to_learn_leaves_no_gradients(attack, network, inputs):
    _, found, grads = run(attack, network, inputs, {})
    assert found.total.item() == 0
    assert all(grad is None for grad in grads)


@pytest.mark.parametrize("attack", ALL)
def test_a_flat_loss_stays_finite(attack, network, inputs, goals):
    for head in network.heads.values():
        torch.nn.init.zeros_(head.down.weight)
    passes, found, grads = run(attack, network, inputs, goals)
    assert torch.isfinite(found.total)
    assert all(torch.isfinite(states).all() for states in passes.states)
    assert all(torch.isfinite(grad).all() for grad in grads if grad is not None)


def test_every_name_of_the_recipe_is_an_attack():
    chosen = [choose_attack(Recipe(adversarial=name, adversarial_radius=RADIUS)) for name in ATTACKS]
    assert chosen == [no_attack, Fgm(RADIUS), Pgd(RADIUS, 3, 0.02), FreeLb(RADIUS, 3, 0.02)]

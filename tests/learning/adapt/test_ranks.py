"""AdaLoRA: the budget is kept, the run can be interrupted, and vectors are pushed apart."""

from __future__ import annotations

import io

import pytest
import torch

from tongli.learning.adapt.adaptation import Adaptation
from tongli.learning.adapt.insert import adapt
from tongli.learning.adapt.ranks import after_step, orthogonality

STEPS, RANK = 40, 2
MATRICES = 2 * 6


class Run:
    """A short training loop whose steps depend on their number alone."""

    def __init__(self, network, batch):
        self.network, self._batch = network, batch
        learning = [item for item in network.parameters() if item.requires_grad]
        self.optimiser = torch.optim.AdamW(learning, lr=1e-2)

    def go(self, first, last):
        for step in range(first, last + 1):
            torch.manual_seed(step)
            self.optimiser.zero_grad()
            features = self.network.features(*self._batch)
            (self.network.heads["ekman6"](features) - torch.randn(6)).square().sum().backward()
            self.optimiser.step()
            after_step(self.network, step)


@pytest.fixture
def start(new_network, batch):
    def make():
        network = new_network()
        adapt(network, Adaptation(method="adalora", rank=RANK), steps=STEPS)
        return Run(network, batch)

    return make


def ranks(network):
    values = [item for name, item in network.layers.named_parameters() if "lora_E" in name]
    return sum(int((item != 0).sum()) for item in values)


def test_ranks_fall_to_the_budget_and_stay_there(start):
    run = start()
    run.go(1, STEPS // 10)
    assert ranks(run.network) == MATRICES * 3  # one and a half times the rank
    run.go(STEPS // 10 + 1, STEPS // 4)
    assert MATRICES * RANK < ranks(run.network) < MATRICES * 3
    run.go(STEPS // 4 + 1, STEPS * 7 // 10)
    kept = ranks(run.network)
    assert kept == MATRICES * RANK
    run.go(STEPS * 7 // 10 + 1, STEPS)
    assert ranks(run.network) == kept


@pytest.mark.parametrize("stop", [10, 35])
def test_an_interrupted_run_ends_as_one_that_was_not(start, stop):
    whole = start()
    whole.go(1, STEPS)
    killed = start()
    killed.go(1, stop)
    file = io.BytesIO()
    torch.save([killed.network.state_dict(), killed.optimiser.state_dict()], file)
    file.seek(0)
    network, optimiser = torch.load(file, weights_only=True)
    again = start()
    again.network.load_state_dict(network)
    again.optimiser.load_state_dict(optimiser)
    again.go(stop + 1, STEPS)
    for wanted, found in zip(whole.network.parameters(), again.network.parameters(), strict=True):
        torch.testing.assert_close(found, wanted, atol=0, rtol=0)


def test_a_step_without_gradients_moves_nothing(start):
    run = start()
    run.go(1, 10)
    before = ranks(run.network)
    run.optimiser.zero_grad()
    after_step(run.network, 20)
    assert ranks(run.network) == before


def test_the_penalty_pushes_vectors_apart(start):
    network = start().network
    penalty = orthogonality(network)
    assert penalty > 0
    penalty.backward()
    with torch.no_grad():
        for name, item in network.layers.named_parameters():
            if "lora_A" in name or "lora_B" in name:
                nearest = item if "lora_A" in name else item.T
                u, _, v = torch.linalg.svd(nearest, full_matrices=False)
                item.copy_(u @ v if "lora_A" in name else (u @ v).T)
    assert orthogonality(network) < 1e-4


def test_other_methods_have_neither_penalty_nor_schedule(new_network):
    network = new_network()
    adapt(network, Adaptation(method="lora"), steps=STEPS)
    assert float(orthogonality(network)) == 0
    after_step(network, 1)

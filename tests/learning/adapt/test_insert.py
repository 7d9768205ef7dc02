"""What is meant to learn does, nothing else moves, and merging changes no number."""

from __future__ import annotations

import copy
import io
from dataclasses import replace

import pytest
import torch

from tongli.core import ConfigError, ModelError
from tongli.learning.adapt.adaptation import MERGEABLE, METHODS, Adaptation
from tongli.learning.adapt.insert import adapt, count, merged
from tongli.learning.adapt.ranks import after_step
from tongli.learning.train.loop import Trainer, predict
from tongli.learning.train.network import to_layer
from tongli.learning.train.recipe import HeadRecipe, Recipe

STEPS = 80
WIDTH, INNER = 32, 64
LAYER = 4 * (WIDTH + 1) * WIDTH + (WIDTH + 1) * INNER + (INNER + 1) * WIDTH + 4 * WIDTH
MATRICES = [(WIDTH, WIDTH)] * 4 + [(WIDTH, INNER), (INNER, WIDTH)]


def updates(rank, *, more=0):
    return sum(rank * (rows + columns + more) for rows, columns in MATRICES)


def in_training(network, batch, *, steps=3):
    """A few steps with large gradients, so that what learns moves visibly."""
    optimiser = torch.optim.AdamW([item for item in network.parameters() if item.requires_grad], lr=1e-2)
    network.train()
    for step in range(1, steps + 1):
        optimiser.zero_grad()
        features = network.features(*batch)
        sum(head(features).square().sum() for head in network.heads.values()).backward()
        optimiser.step()
        after_step(network, step)
    return network.eval()


def recipe():
    return Recipe(
        examples=STEPS * 16,
        batch=16,
        rate=3e-3,
        head_rate=1e-2,
        head_dropout=0.0,
        dropout=0.0,
        average=0.9,
        evaluate_every=40,
        heads={"ekman6": HeadRecipe(inner=8), "intensity": HeadRecipe(inner=8)},
    )


@pytest.fixture
def adapted(new_network):
    def make(method, *, steps=STEPS, dropout=0.0, **values):
        network = new_network(dropout=dropout)
        adapt(network, Adaptation(method=method, **values), steps=steps)
        return network

    return make


@pytest.mark.parametrize("method", METHODS)
def test_only_what_is_meant_to_learn_moves(adapted, new_network, batch, method):
    network = adapted(method)
    before = {name: item.clone() for name, item in network.state_dict().items() if torch.is_tensor(item)}
    learning = {name for name, item in network.named_parameters() if item.requires_grad}
    in_training(network, batch)
    after = network.state_dict()
    moved = {name for name, item in before.items() if not torch.equal(item, after[name])}
    assert moved <= learning
    # Attention is blind to a shift of all keys, and a head may have idle units: not everything need move.
    assert {name.split(".")[0] for name in moved} == ({"heads"} if method == "heads" else {"heads", "layers"})
    if method == "layers":
        assert learning == {name for name, _ in new_network().named_parameters()}


@pytest.mark.parametrize(
    ("adaptation", "layers"),
    [
        (Adaptation(method="layers"), 2 * LAYER),
        (Adaptation(method="layers", top_k=1), LAYER),
        (Adaptation(method="heads"), 0),
        (Adaptation(method="lora", rank=4), 2 * updates(4)),
        (Adaptation(method="lora", rank=4, top_k=1), updates(4)),
        (Adaptation(method="dora", rank=4), 2 * (updates(4) + sum(columns for _, columns in MATRICES))),
        (Adaptation(method="adalora", rank=4), 2 * updates(6, more=1)),
        (Adaptation(method="prefix", prefix=7), 2 * 7 * 2 * WIDTH),
        (Adaptation(method="adapters", bottleneck=5), 2 * (2 * (2 * WIDTH * 5 + 5 + WIDTH) + 4 * WIDTH)),
    ],
    ids=lambda value: value if isinstance(value, int) else f"{value.method}-{value.top_k}",
)
def test_as_many_parameters_learn_as_the_papers_say(new_network, adaptation, layers):
    network = new_network()
    adapt(network, adaptation, steps=STEPS)
    found = count(network)
    assert found.layers == layers
    assert found.heads == sum(item.numel() for item in network.heads.parameters())
    assert found.total >= 2 * LAYER + found.heads


@pytest.mark.parametrize("method", [name for name in METHODS if name != "prefix"])
def test_before_training_nothing_has_changed(adapted, new_network, batch, method):
    with torch.no_grad():
        wanted = new_network().eval().features(*batch)
        found = adapted(method).eval().features(*batch)
    torch.testing.assert_close(found, wanted, atol=1e-4, rtol=0)


@pytest.mark.parametrize("method", MERGEABLE)
def test_merging_changes_no_number(adapted, new_network, batch, method):
    network = in_training(adapted(method), batch)
    with torch.no_grad():
        wanted = network.features(*batch)
        assert method == "heads" or not torch.allclose(wanted, new_network().eval().features(*batch))
        plain = merged(network)
        torch.testing.assert_close(plain.features(*batch), wanted, atol=2e-5, rtol=0)
        torch.testing.assert_close(network.features(*batch), wanted)
    assert plain.state_dict().keys() == new_network().state_dict().keys()
    assert all(item.requires_grad for item in plain.parameters())
    for layer in plain.layers:
        to_layer(layer.state_dict())


@pytest.mark.parametrize("method", ["prefix", "adapters"])
def test_what_no_plain_layer_can_hold_is_not_merged(adapted, method):
    with pytest.raises(ModelError) as caught:
        merged(adapted(method))
    assert caught.value.code == "adapt.merge"
    assert "lora" in caught.value.allowed


@pytest.mark.parametrize("method", ["lora", "adalora", "dora", "prefix", "adapters"])
def test_layers_that_are_not_merged_cannot_be_written(adapted, method):
    with pytest.raises(ModelError) as caught:
        to_layer(adapted(method).layers[0].state_dict())
    assert caught.value.code == "adapt.unmerged"


@pytest.mark.parametrize("method", ["lora", "adalora", "dora", "prefix", "adapters"])
def test_a_network_is_adapted_once(adapted, method):
    with pytest.raises(ModelError) as caught:
        adapt(adapted(method), Adaptation(), steps=STEPS)
    assert caught.value.code == "adapt.twice"


def test_more_layers_than_there_are_is_a_coded_error(new_network):
    with pytest.raises(ConfigError) as caught:
        adapt(new_network(), Adaptation(top_k=3), steps=STEPS)
    assert caught.value.code == "adapt.value"


@pytest.mark.parametrize("method", METHODS)
def test_copies_and_saved_states_hold_everything(adapted, batch, method):
    network = in_training(adapted(method), batch)
    file = io.BytesIO()
    torch.save(network.state_dict(), file)
    file.seek(0)
    loaded = adapted(method)
    loaded.load_state_dict(torch.load(file, weights_only=True))
    copied = copy.deepcopy(network)
    with torch.no_grad():
        wanted = network.features(*batch)
        for other in (copied, loaded.eval()):
            torch.testing.assert_close(other.features(*batch), wanted)
    in_training(copied, batch)
    with torch.no_grad():
        torch.testing.assert_close(network.features(*batch), wanted)  # a copy shares nothing


def test_frozen_layers_have_no_dropout_and_others_keep_theirs(adapted, batch):
    network = adapted("layers", top_k=1, dropout=0.5).train()
    values, mask, _ = batch
    bias = (1 - mask)[:, None, None, :] * torch.finfo(values.dtype).min
    frozen, tuned = network.layers
    torch.testing.assert_close(frozen(values, bias), frozen(values, bias))
    assert not torch.allclose(tuned(values, bias), tuned(values, bias))


@pytest.mark.parametrize("method", METHODS)
def test_the_mixed_precision_of_a_recipe_works_with_it(adapted, batch, method):
    network = adapted(method)
    with torch.autocast("cpu", torch.bfloat16):
        features = network.features(*batch)
    features.float().square().sum().backward() if features.requires_grad else None
    with torch.no_grad():
        torch.testing.assert_close(features.float(), network.features(*batch), atol=0.1, rtol=0.1)


@pytest.mark.parametrize("method", [name for name in METHODS if name != "heads"])
def test_layers_learn_even_where_the_heads_stand_still(adapted, batch, method):
    network = adapted(method, steps=40)
    network.heads.requires_grad_(requires_grad=False)
    learning = [item for item in network.parameters() if item.requires_grad]
    optimiser = torch.optim.AdamW(learning, lr=1e-2)
    wanted = torch.tensor([[0.5], [-0.5], [0.5], [-0.5]])
    losses = []
    for step in range(1, 41):
        optimiser.zero_grad()
        loss = (network.heads["ekman6"](network.features(*batch)) - wanted).square().mean()
        loss.backward()
        optimiser.step()
        after_step(network, step)
        losses.append(float(loss.detach()))
    assert losses[-1] < 0.9 * losses[0]


@pytest.mark.parametrize("method", METHODS)
def test_it_learns_a_task_in_the_training_loop(adapted, pool, states, tmp_path, method):
    network = adapted(method)
    frozen = {name: item.clone() for name, item in network.named_parameters() if not item.requires_grad}
    best = Trainer(
        network,
        pool=pool,
        states=states,
        recipe=replace(recipe(), adaptation=Adaptation(method=method)),
        folder=tmp_path,
        tell=lambda _: None,
        log=lambda *_: None,
    ).run()
    logits = predict(best, heads=("ekman6",), states=states, rows=pool.held_out)["ekman6"]
    assert ((logits > 0) == (pool.targets("ekman6", pool.held_out) > 0.5)).mean() > 0.95
    for part in (network, best):
        now = dict(part.named_parameters())
        assert all(torch.equal(item, now[name]) for name, item in frozen.items())

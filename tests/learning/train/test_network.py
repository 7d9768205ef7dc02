"""The trainable layers are the encoder's own: same arrays in, same numbers out."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from tongli.core import ModelError
from tongli.encoders.batches import pad
from tongli.encoders.graph import build
from tongli.encoders.session import open_session
from tongli.encoders.weights import from_folder
from tongli.learning.train.network import Upper, bert_layer, to_layer, to_tensors

ROWS = [[0, 17, 33, 5, 2], [0, 99, 2], [0, *range(20, 45), 2]]


@pytest.fixture
def weights(tiny_model):
    return from_folder(tiny_model)


@pytest.fixture
def network(weights):
    width = 2 * weights.hidden
    return Upper(
        weights,
        depth=2,
        pooled=(3,),
        heads={"ekman6": (8, 6)},
        mean=np.zeros(width, np.float32),
        scale=np.ones(width, np.float32),
        dropout=0.1,
        head_dropout=0.1,
    ).eval()


def test_untrained_layers_equal_the_graph(weights, network):
    ids, mask = pad(ROWS, pad_id=weights.pad_id)
    session = open_session(build(weights, feature_layers=(2, 3), fork=2).model.SerializeToString())
    features, states = session.run(["features", "states"], {"ids": ids, "mask": mask})
    with torch.no_grad():
        found = network.features(
            torch.from_numpy(states),
            torch.from_numpy(mask.astype(np.float32)),
            torch.from_numpy(features[:, : weights.hidden]),
        )
    np.testing.assert_allclose(found.numpy(), features, atol=3e-5)


def test_layers_survive_the_round_trip(weights, network):
    (module,) = network.layers
    found, wanted = to_layer(module.state_dict()), weights.layers[2]
    for name in wanted.__slots__:
        np.testing.assert_array_equal(getattr(found, name), getattr(wanted, name))


def test_a_layer_with_more_or_fewer_tensors_is_refused(network):
    (module,) = network.layers
    tensors = module.state_dict()
    for broken in ({**tensors, "output.adapter.up.weight": torch.zeros(1)}, dict(list(tensors.items())[1:])):
        with pytest.raises(ModelError) as caught:
            to_layer(broken)
        assert caught.value.code == "adapt.unmerged"


@pytest.fixture
def published(weights):
    """The same layer as transformers computes it."""
    from transformers import BertConfig
    from transformers.models.bert.modeling_bert import BertLayer

    config = BertConfig(
        hidden_size=weights.hidden,
        num_attention_heads=weights.heads,
        intermediate_size=weights.layers[2].up.shape[1],
        layer_norm_eps=weights.epsilon,
        hidden_dropout_prob=0.1,
        attention_probs_dropout_prob=0.0,
    )
    config._attn_implementation = "sdpa"
    made = BertLayer(config)
    made.load_state_dict(to_tensors(weights.layers[2]))
    return made


@pytest.mark.parametrize("training", [False, True])
def test_a_layer_computes_and_learns_what_transformers_does(weights, published, training):
    """The same states, gradients and, while it learns, the same dropout."""
    chance = torch.Generator().manual_seed(0)
    states = torch.randn(3, 7, weights.hidden, generator=chance)
    mask = (torch.arange(7) < torch.tensor([[7], [4], [1]])).float()
    bias = (1 - mask)[:, None, None, :] * torch.finfo(states.dtype).min
    found = []
    for layer in (bert_layer(weights.layers[2], weights=weights, dropout=0.1), published):
        torch.manual_seed(1)
        read = states.clone().requires_grad_()
        given = layer.train(training)(read, bias)
        given.square().sum().backward()
        found.append(
            [given.detach(), read.grad, *(part.grad for _, part in sorted(layer.named_parameters()))]
        )
    for ours, theirs in zip(*found, strict=True):
        torch.testing.assert_close(ours, theirs, rtol=0, atol=0)


def test_the_start_of_a_network_does_not_depend_on_whose_layer_it_is(weights, published):
    """As many numbers are drawn: what was trained with a seed is trained again with it."""
    torch.manual_seed(4)
    bert_layer(weights.layers[2], weights=weights, dropout=0.1)
    after = torch.rand(1)
    torch.manual_seed(4)
    type(published)(published.attention.self.config)
    assert torch.rand(1) == after

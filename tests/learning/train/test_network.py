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
from tongli.learning.train.network import Upper, to_layer

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

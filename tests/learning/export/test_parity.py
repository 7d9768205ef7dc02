"""Drift is measured on calibrated values, as a share of the range, and a number that is none fails."""

from __future__ import annotations

import numpy as np
import pytest

from tongli.core import ModelError
from tongli.emotion.head import load_head
from tongli.learning.export.parity import Drift, drifts, require_parity, torch_logits


def test_torch_and_numpy_heads_agree(trained):
    arrays = load_head(trained, "ekman6").arrays
    features = np.random.default_rng(0).normal(size=(5, len(arrays.mean))).astype(np.float32)
    np.testing.assert_allclose(torch_logits(arrays, features), arrays.logits(features), atol=1e-5)


@pytest.mark.parametrize("name", ["ekman6", "intensity", "sentiment"])
def test_the_same_features_do_not_drift_and_others_do(trained, name):
    head = load_head(trained, name)
    features = np.random.default_rng(0).normal(size=(5, len(head.arrays.mean))).astype(np.float32)
    same = drifts({name: head}, reference=features, exported=features)[name]
    moved = drifts({name: head}, reference=features, exported=features + 0.1)[name]
    assert same.largest < 1e-6
    assert 1e-4 < moved.mean < moved.largest <= 1


@pytest.mark.parametrize("value", [0.2, float("nan"), float("inf")])
def test_beyond_the_limit(value):
    found = {"ekman6": Drift(largest=value, mean=0.0), "sentiment": Drift(largest=0.0, mean=0.0)}
    with pytest.raises(ModelError) as caught:
        require_parity(found, limit=0.1, graph="int8")
    assert caught.value.code == "export.drift"
    assert "sentiment" not in caught.value.received
    require_parity({"sentiment": found["sentiment"]}, limit=0.0, graph="int8")

"""Tuned layers survive storage closely, and fit one encoder only."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from safetensors.numpy import save_file

from tongli.core import ModelError
from tongli.encoders.overlay import apply_overlay, save_overlay
from tongli.encoders.weights import from_folder


@pytest.fixture
def stored(tiny_model, tmp_path):
    base = from_folder(tiny_model)
    random = np.random.default_rng(0)

    def moved(value):
        if isinstance(value, tuple):
            return tuple(map(moved, value))
        return value + random.normal(0, 0.01, value.shape).astype(np.float32)

    tuned = [
        replace(layer, **{name: moved(getattr(layer, name)) for name in layer.__slots__})
        for layer in base.layers[1:]
    ]
    path = tmp_path / "upper.safetensors"
    save_overlay(path, base=base, base_digest="abc", tuned=tuned)
    return base, tuned, path


def test_the_difference_survives_to_a_hundredth(stored):
    base, tuned, path = stored
    found = apply_overlay(path, base, base_digest="abc")
    assert found.layers[0] is base.layers[0]
    for layer, wanted, before in zip(found.layers[1:], tuned, base.layers[1:], strict=True):
        error = np.abs(layer.up - wanted.up).max()
        assert 0 < error < np.abs(wanted.up - before.up).max() / 100
        np.testing.assert_array_equal(layer.up_bias, wanted.up_bias)
        np.testing.assert_array_equal(layer.output_norm[1], wanted.output_norm[1])


def test_another_encoder_is_refused(stored):
    base, _, path = stored
    with pytest.raises(ModelError) as caught:
        apply_overlay(path, base, base_digest="xyz")
    assert caught.value.code == "overlay.base"


def test_a_damaged_file_is_a_coded_error(stored):
    base, _, path = stored
    path.write_bytes(path.read_bytes()[:200])
    with pytest.raises(ModelError) as caught:
        apply_overlay(path, base, base_digest="abc")
    assert caught.value.code == "overlay.unreadable"


def test_the_same_layers_are_the_same_bytes(stored, tmp_path):
    base, tuned, path = stored
    again = tmp_path / "again.safetensors"
    for _ in range(8):
        save_overlay(again, base=base, base_digest="abc", tuned=tuned)
        assert again.read_bytes() == path.read_bytes()


@pytest.mark.parametrize("about", ["{}", "[1]", "3", "nothing", '{"format": 2, "base": "abc"}'])
def test_a_file_that_says_something_else_is_a_coded_error(stored, about):
    base, _, path = stored
    save_file({"x": np.zeros(1, np.float32)}, path, metadata={"tongli": about})
    with pytest.raises(ModelError) as caught:
        apply_overlay(path, base, base_digest="abc")
    assert caught.value.code.startswith("overlay.")

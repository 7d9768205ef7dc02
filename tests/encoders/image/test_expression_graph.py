from __future__ import annotations

import numpy as np
import pytest
from onnx import numpy_helper

from tongli.core import ConfigError, Settings
from tongli.encoders.image.expression_graph import LOGITS, SIDE, build, read_keras
from tongli.encoders.image.prepared import expression_file
from tongli.encoders.session import open_session

PATTERN = 5


def pattern() -> np.ndarray:
    """Waves, -1..1: ``(1, 1, 64, 64)``."""
    rows, columns = np.mgrid[:SIDE, :SIDE]
    return (np.sin(columns / PATTERN) * np.cos(rows / 3)).astype(np.float32)[None, None]


@pytest.fixture
def weights():
    """Random weights under the names and in the shapes of the Keras file."""
    rng = np.random.default_rng(0)
    found = {}

    def layer(name, **shapes):
        for parameter, shape in shapes.items():
            found[f"{name}/{parameter}"] = rng.normal(0, 0.3, shape).astype(np.float32)

    def norm(index, width):
        names = ("gamma", "beta", "moving_mean", "moving_variance")
        layer(f"batch_normalization_{index}", **dict.fromkeys(names, (width,)))
        found[f"batch_normalization_{index}/moving_variance"] = np.full(width, 0.5, np.float32)

    layer("conv2d_1", kernel=(3, 3, 1, 8))
    layer("conv2d_2", kernel=(3, 3, 8, 8))
    norm(1, 8)
    norm(2, 8)
    before = 8
    for block, width in enumerate((16, 32, 64, 128)):
        layer(f"conv2d_{block + 3}", kernel=(1, 1, before, width))
        for index, inner in ((2 * block + 1, before), (2 * block + 2, width)):
            name = f"separable_conv2d_{index}"
            layer(name, depthwise_kernel=(3, 3, inner, 1), pointwise_kernel=(1, 1, inner, width))
        for index in range(3):
            norm(3 * block + 3 + index, width)
        before = width
    layer("conv2d_7", kernel=(3, 3, 128, LOGITS), bias=(LOGITS,))
    return found


def run(model, faces):
    return open_session(model.SerializeToString()).run(None, {"faces": faces})[0]


def test_a_batch_gives_seven_logits_a_face_and_each_its_own(weights):
    model = build(weights)
    faces = np.concatenate([pattern(), -pattern()])
    together = run(model, faces)
    assert together.shape == (2, LOGITS)
    assert together[1:] == pytest.approx(run(model, -pattern()), abs=1e-4)
    assert np.abs(together[0] - together[1]).max() > 1e-3


def test_normalisation_is_folded_into_the_convolution_before_it(weights):
    norm = {name: weights[f"batch_normalization_1/{name}"] for name in ("gamma", "beta", "moving_mean")}
    scale = norm["gamma"] / np.sqrt(0.5 + 1e-3)
    kernel, bias = (numpy_helper.to_array(array) for array in build(weights).graph.initializer[:2])
    expected = weights["conv2d_1/kernel"].transpose(3, 2, 0, 1) * scale[:, None, None, None]
    assert kernel == pytest.approx(expected, abs=1e-6)
    assert bias == pytest.approx(norm["beta"] - norm["moving_mean"] * scale, abs=1e-6)


@pytest.mark.models
def test_the_real_weights_agree_with_tensorflow_lite():
    session = open_session(expression_file(Settings.from_env()))
    logits = session.run(None, {"faces": pattern()})[0][0]
    softmax = np.exp(logits - logits.max())
    softmax /= softmax.sum()
    # ai-edge-litert 2.3.0 on emotion_model_quantized.tflite of the same package, which has 8-bit weights
    assert softmax == pytest.approx([0.722, 0.0, 0.015, 0.017, 0.026, 0.0, 0.220], abs=0.01)


def test_without_h5py(tmp_path, monkeypatch):
    def without(name):
        raise ImportError(name)

    monkeypatch.setattr("tongli.encoders.image.expression_graph.import_module", without)
    with pytest.raises(ConfigError, match=r"tongli\[video\]"):
        read_keras(tmp_path / "a.hdf5")

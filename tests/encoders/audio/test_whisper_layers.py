"""The lower layers of Whisper: the graph against plain numpy, and against what the runtime gives."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tongli.core import Settings
from tongli.encoders.audio import whisper_layers
from tongli.encoders.audio.ct2_file import read_arrays
from tongli.encoders.audio.mel import whisper_mel
from tongli.encoders.audio.weights import whisper_folder
from tongli.encoders.audio.whisper_layers import LAYERS, WhisperLayers, build
from tongli.encoders.session import open_session


class Numpy:
    """The same encoder without a graph."""

    def __init__(self, arrays, *, heads):
        self.arrays, self.heads = arrays, heads

    def states(self, mel, layers):
        x = self.gelu(self.convolved(mel, "conv1", stride=1))
        x = self.gelu(self.convolved(x, "conv2", stride=2))
        x = x + self.arrays["position_encodings/encodings"][: len(x)]
        found = []
        for layer in range(max(layers)):
            x = self.layer(x, f"layer_{layer}")
            found.append(x)
        return np.stack([found[layer - 1] for layer in layers])

    def layer(self, x, name):
        attention, feed = f"{name}/self_attention", f"{name}/ffn"
        mixed = self.attended(self.linear(self.normed(x, f"{attention}/layer_norm"), f"{attention}/linear_0"))
        x = x + self.linear(mixed, f"{attention}/linear_1")
        inner = self.gelu(self.linear(self.normed(x, f"{feed}/layer_norm"), f"{feed}/linear_0"))
        return x + self.linear(inner, f"{feed}/linear_1")

    def linear(self, x, name):
        return x @ self.arrays[f"{name}/weight"].T + self.arrays[f"{name}/bias"]

    def normed(self, x, name):
        centred = x - x.mean(axis=1, keepdims=True)
        deviation = np.sqrt((centred**2).mean(axis=1, keepdims=True) + 1e-5)
        return centred / deviation * self.arrays[f"{name}/gamma"] + self.arrays[f"{name}/beta"]

    def convolved(self, x, name, *, stride):
        weight, padded = self.arrays[f"{name}/weight"], np.pad(x, ((1, 1), (0, 0)))
        rows = [
            sum(weight[:, :, shift] @ padded[at + shift] for shift in range(3))
            for at in range(0, len(x), stride)
        ]
        return np.array(rows) + self.arrays[f"{name}/bias"]

    def attended(self, joint):
        queries, keys, values = (
            part.reshape(len(joint), self.heads, -1).transpose(1, 0, 2) for part in np.split(joint, 3, axis=1)
        )
        scores = queries @ keys.transpose(0, 2, 1) / queries.shape[2] ** 0.5
        weights = np.exp(scores - scores.max(axis=2, keepdims=True))
        mixed = weights / weights.sum(axis=2, keepdims=True) @ values
        return mixed.transpose(1, 0, 2).reshape(len(joint), -1)

    def gelu(self, x):
        return x * (1 + np.vectorize(math.erf)(x / math.sqrt(2))) / 2


def tiny(*, width=16, inner=24, layers=3):
    """Random arrays of a small encoder."""
    rng = np.random.default_rng(0)
    shapes = {"conv1": (width, 80, 3), "conv2": (width, width, 3)}
    found = {"position_encodings/encodings": rng.normal(size=(1500, width))}
    for layer in range(layers):
        name = f"layer_{layer}"
        shapes |= {
            f"{name}/self_attention/linear_0": (3 * width, width),
            f"{name}/self_attention/linear_1": (width, width),
            f"{name}/ffn/linear_0": (inner, width),
            f"{name}/ffn/linear_1": (width, inner),
        }
        for part in ("self_attention", "ffn"):
            found[f"{name}/{part}/layer_norm/gamma"] = rng.normal(size=width)
            found[f"{name}/{part}/layer_norm/beta"] = rng.normal(size=width)
    for name, shape in shapes.items():
        found[f"{name}/weight"] = rng.normal(size=shape) / math.prod(shape[1:]) ** 0.5
        found[f"{name}/bias"] = rng.normal(size=shape[0])
    return {name: array.astype(np.float32) for name, array in found.items()}


@pytest.mark.parametrize("hops", [2, 7, 50])
def test_the_graph_gives_what_numpy_gives(monkeypatch, hops):
    monkeypatch.setattr(whisper_layers, "WIDTH", 16)
    arrays, mel = tiny(), np.random.default_rng(hops).normal(size=(hops, 80)).astype(np.float32)
    session = open_session(build(arrays, layers=(2, 3)).SerializeToString())
    (found,) = session.run(None, {"mel": mel[None]})
    np.testing.assert_allclose(found, Numpy(arrays, heads=8).states(mel, (2, 3)), atol=2e-5)


@pytest.fixture(scope="module")
def weights():
    return whisper_folder("embedded", Settings.from_env()) / "model.bin"


@pytest.fixture(scope="module")
def layers(weights):
    return WhisperLayers(weights)


@pytest.mark.models
def test_states_of_the_embedded_model(layers):
    sound = np.random.default_rng(1).normal(size=16_000).astype(np.float32) * 0.05
    states = layers.states(sound)
    assert states.shape == (len(LAYERS), 50, 512)
    assert np.isfinite(states).all()
    with pytest.raises(ValueError, match="480001"):
        layers.states(np.zeros(480_001, np.float32))


@pytest.mark.models
def test_states_are_those_of_plain_numpy(layers, weights):
    sound = np.random.default_rng(3).normal(size=4_800).astype(np.float32) * 0.05
    theirs = Numpy(read_arrays(weights, prefix="encoder/"), heads=8).states(whisper_mel(sound), LAYERS)
    np.testing.assert_allclose(layers.states(sound), theirs, rtol=1e-4, atol=5e-3)


@pytest.mark.models
def test_the_layers_lead_to_what_the_runtime_gives(weights):
    ctranslate2 = pytest.importorskip("ctranslate2")
    sound = np.random.default_rng(2).normal(size=8_000).astype(np.float32) * 0.05
    mel = whisper_mel(sound)
    model = ctranslate2.models.Whisper(str(weights.parent), compute_type="float32", intra_threads=1)
    spectrum = ctranslate2.StorageView.from_array(np.ascontiguousarray(mel.T[None]))
    theirs = np.array(model.encode(spectrum))[0]
    arrays = read_arrays(weights, prefix="encoder/")
    session = open_session(build(arrays, layers=(6,)).SerializeToString())
    (last,) = session.run(None, {"mel": mel[None]})
    ours = Numpy(arrays, heads=8).normed(last[0], "layer_norm")
    np.testing.assert_allclose(ours, theirs, atol=2e-3)

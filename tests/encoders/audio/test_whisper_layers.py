"""The lower layers of Whisper, on a tiny encoder whose results are worked out otherwise."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tongli.core import Settings
from tongli.encoders.audio import whisper_layers
from tongli.encoders.audio.weights import whisper_folder
from tongli.encoders.audio.whisper_layers import LAYERS, WhisperLayers


def test_gelu_is_exact():
    x = np.linspace(-6, 6, 401).astype(np.float32)
    exact = [value * (1 + math.erf(value / math.sqrt(2))) / 2 for value in x.tolist()]
    np.testing.assert_allclose(whisper_layers._gelu(x), exact, atol=2e-6)


def test_attention_of_equal_keys_is_the_mean_of_the_values():
    joint = np.random.default_rng(0).normal(size=(5, 3 * 16)).astype(np.float32)
    joint[:, 16:32] = 1
    mixed = whisper_layers._attended(joint)
    np.testing.assert_allclose(mixed, np.repeat(joint[:, 32:].mean(axis=0)[None], 5, axis=0), atol=1e-5)


@pytest.fixture(scope="module")
def layers():
    return WhisperLayers(whisper_folder("embedded", Settings.from_env()) / "model.bin")


@pytest.mark.models
def test_states_of_the_embedded_model(layers):
    sound = np.random.default_rng(1).normal(size=16_000).astype(np.float32) * 0.05
    states = layers.states(sound)
    assert states.shape == (len(LAYERS), 50, 512)
    assert np.isfinite(states).all()
    with pytest.raises(ValueError, match="480001"):
        layers.states(np.zeros(480_001, np.float32))


@pytest.mark.models
def test_the_layers_lead_to_what_the_runtime_gives(layers, monkeypatch):
    ctranslate2 = pytest.importorskip("ctranslate2")
    monkeypatch.setattr(whisper_layers, "LAYERS", (6,))
    folder = whisper_folder("embedded", Settings.from_env())
    sound = np.random.default_rng(2).normal(size=8_000).astype(np.float32) * 0.05
    mel = np.ascontiguousarray(whisper_layers.whisper_mel(sound).T[None])
    model = ctranslate2.models.Whisper(str(folder), compute_type="float32", intra_threads=1)
    theirs = np.array(model.encode(ctranslate2.StorageView.from_array(mel)))[0]
    arrays = layers._arrays
    last = layers.states(sound)[0]
    centred = last - last.mean(axis=1, keepdims=True)
    ours = centred / np.sqrt((centred**2).mean(axis=1, keepdims=True) + 1e-5)
    ours = ours * arrays["layer_norm/gamma"] + arrays["layer_norm/beta"]
    np.testing.assert_allclose(ours, theirs, atol=2e-3)

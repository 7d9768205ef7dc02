"""The lower layers of Whisper's encoder, in numpy.

The last layer of a speech recogniser keeps what is said and drops how; the second to the fourth of Whisper
base tell emotions far better (docs/speech-emotion.md). Only the sound's own frames are encoded, so a clip of
two seconds costs a fifteenth of the 30 s that Whisper pads it to.

References:
    Radford et al. (2022), "Robust Speech Recognition via Large-Scale Weak Supervision".
    Pasad, Chou & Livescu (2021), "Layer-wise analysis of a self-supervised speech representation model",
    ASRU: middle layers hold the sound, upper ones the words.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tongli.core import FloatArray
from tongli.encoders.audio.ct2_file import read_arrays
from tongli.encoders.audio.mel import whisper_mel

LAYERS = (2, 3, 4)
"""Whose states are given, counted from 1."""

WIDTH = 512
_HEADS = 8
_LONGEST = 480_000
"""Samples of 30 s, for which the encoder has positions."""


class WhisperLayers:
    """Layers 2 to 4 of Whisper base's encoder.

    Args:
        path: ``model.bin`` of the embedded Whisper.

    Raises:
        ModelError: ``model.speech`` for a file that holds something else.
    """

    def __init__(self, path: Path) -> None:
        self._arrays = read_arrays(path, prefix="encoder/")

    def states(self, samples: FloatArray) -> FloatArray:
        """States after each of ``LAYERS``, ``(3, frames, 512)``, 50 frames a second.

        Args:
            samples: 16 kHz, from 0.1 to 30 s.
        """
        if len(samples) > _LONGEST:
            raise ValueError(len(samples))
        x = _gelu(self._convolved(whisper_mel(samples), "conv1", stride=1))
        x = _gelu(self._convolved(x, "conv2", stride=2))
        x = x + self._arrays["position_encodings/encodings"][: len(x)]
        found = []
        for layer in range(max(LAYERS)):
            x = self._layer(x, f"layer_{layer}")
            if layer + 1 in LAYERS:
                found.append(x)
        return np.stack(found)

    def _layer(self, x: FloatArray, name: str) -> FloatArray:
        """One pre-norm transformer layer, ``(frames, 512)`` → the same."""
        attention, feed = f"{name}/self_attention", f"{name}/ffn"
        mixed = _attended(self._linear(self._normed(x, attention), f"{attention}/linear_0"))
        x = x + self._linear(mixed, f"{attention}/linear_1")
        inner = _gelu(self._linear(self._normed(x, feed), f"{feed}/linear_0"))
        return x + self._linear(inner, f"{feed}/linear_1")

    def _linear(self, x: FloatArray, name: str) -> FloatArray:
        found: FloatArray = x @ self._arrays[f"{name}/weight"].T + self._arrays[f"{name}/bias"]
        return found

    def _normed(self, x: FloatArray, name: str) -> FloatArray:
        centred = x - x.mean(axis=1, keepdims=True)
        deviation = np.sqrt((centred**2).mean(axis=1, keepdims=True) + 1e-5)
        gamma, beta = (self._arrays[f"{name}/layer_norm/{part}"] for part in ("gamma", "beta"))
        return np.asarray(centred / deviation * gamma + beta, np.float32)

    def _convolved(self, x: FloatArray, name: str, *, stride: int) -> FloatArray:
        """Convolution over three frames, ``(frames, in)`` → ``(frames / stride, out)``."""
        weight = self._arrays[f"{name}/weight"]
        padded = np.pad(x, ((1, 1), (0, 0)))
        around = np.concatenate([padded[shift : shift + len(x) : stride] for shift in range(3)], axis=1)
        bias = self._arrays[f"{name}/bias"]
        found: FloatArray = around @ weight.transpose(2, 1, 0).reshape(-1, len(weight)) + bias
        return found


def _attended(joint: FloatArray) -> FloatArray:
    """Multi-head self-attention of queries, keys and values, ``(frames, 3 * 512)`` → ``(frames, 512)``."""
    parts = (part.reshape(len(joint), _HEADS, -1).transpose(1, 0, 2) for part in np.split(joint, 3, axis=1))
    queries, keys, values = parts
    scores = queries @ keys.transpose(0, 2, 1) / np.float32(queries.shape[2] ** 0.5)
    powers = np.exp(scores - scores.max(axis=2, keepdims=True))
    weights = powers / powers.sum(axis=2, keepdims=True)
    mixed: FloatArray = (weights @ values).transpose(1, 0, 2).reshape(len(joint), -1)
    return mixed


def _gelu(x: FloatArray) -> FloatArray:
    """GELU with the error function of Abramowitz & Stegun (1964), 7.1.26, exact to 1.5e-7."""
    scaled = np.abs(x) * np.float32(0.5**0.5)
    t = 1 / (1 + np.float32(0.3275911) * scaled)
    series = np.zeros_like(t)
    for factor in (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592):
        series = (series + np.float32(factor)) * t
    error = np.copysign(1 - series * np.exp(-(scaled**2)), x)
    return np.asarray(x * (1 + error) / 2, np.float32)

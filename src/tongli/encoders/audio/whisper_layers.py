"""The lower layers of Whisper's encoder, on ONNX Runtime.

The last layer of a speech recogniser keeps what is said and drops how; the second to the fourth of Whisper
base tell emotions far better (docs/speech-emotion.md). Only the sound's own frames are encoded, so a clip of
two seconds costs a fifteenth of the 30 s that Whisper pads it to.

References:
    Radford et al. (2022), "Robust Speech Recognition via Large-Scale Weak Supervision".
    Pasad, Chou & Livescu (2021), "Layer-wise analysis of a self-supervised speech representation model",
    ASRU: middle layers hold the sound, upper ones the words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto

from tongli.core import FloatArray
from tongli.encoders.audio.ct2_file import read_arrays
from tongli.encoders.audio.mel import whisper_mel
from tongli.encoders.graph import Writer
from tongli.encoders.session import open_session

LAYERS = (2, 3, 4)
"""Whose states are given, counted from 1."""

WIDTH = 512
_BANDS = 80
_HEADS = 8
_EPSILON = 1e-5
_LONGEST = 480_000
"""Samples of 30 s, for which the encoder has positions."""

Arrays = Mapping[str, FloatArray]
"""Name → array, as CTranslate2 names them, without ``encoder/``."""


class WhisperLayers:
    """Layers 2 to 4 of Whisper base's encoder.

    Args:
        path: ``model.bin`` of the embedded Whisper.

    Raises:
        ModelError: ``model.speech`` for a file that holds something else.
    """

    def __init__(self, path: Path) -> None:
        graph = build(read_arrays(path, prefix="encoder/"), layers=LAYERS)
        self._session = open_session(graph.SerializeToString())

    def states(self, samples: FloatArray) -> FloatArray:
        """States after each of ``LAYERS``, ``(3, frames, 512)``, 50 frames a second.

        Args:
            samples: 16 kHz, from 0.1 to 30 s.
        """
        if len(samples) > _LONGEST:
            raise ValueError(len(samples))
        (found,) = self._session.run(None, {"mel": whisper_mel(samples)[None]})
        return np.asarray(found, np.float32)


def build(arrays: Arrays, *, layers: Sequence[int]) -> onnx.ModelProto:
    """Write the graph of the encoder up to the last of some layers.

    Input: ``mel`` float32 ``(1, 2 * frames, 80)``. Output: ``states`` float32 ``(layers, frames, 512)``.

    Args:
        arrays: of the encoder.
        layers: whose states are given, counted from 1.
    """
    writer = Writer()
    hidden = writer.add("Transpose", ["mel"], perm=[0, 2, 1])
    for name, stride in (("conv1", 1), ("conv2", 2)):
        weights = [writer.constant(arrays[f"{name}/{part}"]) for part in ("weight", "bias")]
        hidden = _gelu(writer, writer.add("Conv", [hidden, *weights], pads=[1, 1], strides=[stride]))
    hidden = _placed(writer, writer.add("Transpose", [hidden], perm=[0, 2, 1]), arrays)
    found = []
    for layer in range(1, max(layers) + 1):
        hidden = _layer(writer, hidden, arrays, name=f"layer_{layer - 1}")
        found += [hidden] if layer in layers else []
    writer.add("Concat", found, output="states", axis=0)
    return writer.model(
        inputs=(("mel", TensorProto.FLOAT, (1, "hops", _BANDS)),),
        outputs=(("states", TensorProto.FLOAT, (len(layers), "frames", WIDTH)),),
        name="whisper-layers",
    )


def _placed(writer: Writer, hidden: str, arrays: Arrays) -> str:
    """With the positions of its frames."""
    positions = writer.constant(arrays["position_encodings/encodings"])
    frames = writer.add("Shape", [hidden], start=1, end=2)
    start = writer.constant(np.array([0], np.int64))
    return writer.add("Add", [hidden, writer.add("Slice", [positions, start, frames])])


def _layer(writer: Writer, hidden: str, arrays: Arrays, *, name: str) -> str:
    """One pre-norm transformer layer."""

    def linear(source: str, part: str) -> str:
        return writer.linear(source, arrays[f"{name}/{part}/weight"].T, arrays[f"{name}/{part}/bias"])

    def normed(source: str, part: str) -> str:
        norm = f"{name}/{part}/layer_norm"
        return writer.norm(source, (arrays[f"{norm}/gamma"], arrays[f"{norm}/beta"]), _EPSILON)

    joint = linear(normed(hidden, "self_attention"), "self_attention/linear_0")
    mixed = writer.add(
        "MultiHeadAttention", writer.split(joint, parts=3), domain="com.microsoft", num_heads=_HEADS
    )
    hidden = writer.add("Add", [hidden, linear(mixed, "self_attention/linear_1")])
    inner = _gelu(writer, linear(normed(hidden, "ffn"), "ffn/linear_0"))
    return writer.add("Add", [hidden, linear(inner, "ffn/linear_1")])


def _gelu(writer: Writer, source: str) -> str:
    return writer.add("Gelu", [source], domain="com.microsoft")

"""The decoder on a file that the test writes by the documented layout."""

from __future__ import annotations

import struct

import numpy as np
import pytest

from tongli.core import ModelError
from tongli.encoders.e5s1 import read_e5s1

HIDDEN, LAYERS, HEADS, INNER, VOCABULARY, POSITIONS = 32, 1, 4, 64, 6, 8


def q4(matrix):
    blocks = matrix.reshape(-1, 32)
    scale = (np.abs(blocks).max(1, keepdims=True) / 7).astype("<f2")
    nibbles = (np.clip(np.round(blocks / scale.astype(np.float32)), -8, 7) + 8).astype(np.uint8)
    packed = nibbles[:, :16] | nibbles[:, 16:] << 4
    return np.concatenate([scale.view(np.uint8), packed], axis=1).tobytes()


def container():
    random = np.random.default_rng(0)
    shapes = {"emb.word": (VOCABULARY, HIDDEN)}
    shapes |= {f"l0.{part}.w": (HIDDEN, HIDDEN) for part in ("q", "k", "v", "ao")}
    shapes |= {"l0.fi.w": (INNER, HIDDEN), "l0.fo.w": (HIDDEN, INNER)}
    floats = {"emb.pos": POSITIONS * HIDDEN, "emb.type": HIDDEN, "l0.fi.b": INNER}
    floats |= dict.fromkeys(("emb.ln.w", "emb.ln.b", "l0.fo.b", "l0.aln.w", "l0.aln.b"), HIDDEN)
    floats |= dict.fromkeys(("l0.oln.w", "l0.oln.b", "l0.q.b", "l0.k.b", "l0.v.b", "l0.ao.b"), HIDDEN)
    values = {name: random.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}
    values |= {name: random.normal(size=size).astype("<f4") for name, size in floats.items()}
    blobs = {name: q4(value) if name in shapes else value.tobytes() for name, value in values.items()}
    head = b"E5S1" + struct.pack(
        "<I7ifi", 1, HIDDEN, LAYERS, HEADS, INNER, VOCABULARY, POSITIONS, 1, 1e-12, 32
    )
    head += struct.pack("<5iQ", 2, 0, 2, 1, 3, 3) + struct.pack("<3I", 0, 1, 3) + struct.pack("<2f", 0, 0)
    head += b"abc" + struct.pack("<iI", 1, 9) + struct.pack("<IBI", 65, 1, 97)
    directory = struct.pack("<i", len(blobs))
    size = len(head) + 4 + sum(2 + len(name) + 1 + 4 + 16 for name in blobs)
    body = b""
    for name, blob in blobs.items():
        directory += struct.pack("<H", len(name)) + name.encode() + struct.pack("<BI", 0, values[name].size)
        directory += struct.pack("<QQ", size + len(body), len(blob))
        body += blob
    return head + directory + body, values


def test_tensors_come_back(tmp_path):
    data, values = container()
    (tmp_path / "x.bin").write_bytes(data)
    weights = read_e5s1(tmp_path / "x.bin")
    assert (weights.hidden, weights.max_tokens, weights.heads, len(weights.layers)) == (
        HIDDEN,
        POSITIONS,
        4,
        1,
    )
    step = np.abs(values["emb.word"]).max() / 7
    assert np.abs(weights.words - values["emb.word"]).max() <= step
    np.testing.assert_allclose(weights.positions, values["emb.pos"].reshape(8, 32) + values["emb.type"])
    layer = weights.layers[0]
    assert np.abs(layer.down - values["l0.fo.w"].T).max() <= np.abs(values["l0.fo.w"]).max() / 7
    assert np.abs(layer.qkv[:, 32:64] - values["l0.k.w"].T).max() <= step * 2
    np.testing.assert_array_equal(layer.qkv_bias[64:], values["l0.v.b"])


@pytest.mark.parametrize("cut", [0, 3, 20, 60, 120, 400, -1])
def test_a_cut_or_foreign_file_is_a_coded_error(tmp_path, cut):
    data, _ = container()
    (tmp_path / "x.bin").write_bytes(data[:cut])
    with pytest.raises(ModelError) as caught:
        read_e5s1(tmp_path / "x.bin")
    assert caught.value.code == "model.format"

"""Reader of the ``E5S1`` container: multilingual-e5-small (Wang et al. 2024) in 4-bit groups.

Layout, little endian: magic, version, nine header fields, the tokenizer's table (skipped: the upstream
``tokenizer.json`` is used), a directory of tensors, then the tensors. Matrices are stored in ``Q4_0``:
groups of 32 weights of a row as one float16 scale and 16 bytes; byte *j* holds weight *j* in its low
nibble and weight *j + 16* in its high one; value = (nibble - 8) * scale.

References:
    Wang et al. (2024), "Multilingual E5 Text Embeddings: A Technical Report", arXiv 2402.05672.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tongli.core import FloatArray, ModelError
from tongli.encoders.weights import BertWeights, Layer

_MAGIC = b"E5S1"
_GROUP = 32
_GROUP_BYTES = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class _Header:
    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    max_tokens: int
    epsilon: float


def read_e5s1(path: Path) -> BertWeights:
    """Decode the file; takes a few seconds and about 600 MB.

    Raises:
        ModelError: ``model.format`` when it is not such a file or is cut short.
    """
    try:
        return _decode(path.read_bytes())
    except (OSError, struct.error, KeyError, ValueError, IndexError) as broken:
        raise ModelError(
            "model.format",
            received=f"{path.name}: {type(broken).__name__}",
            allowed="a whole E5S1 file",
            fix="Fetch the models again: tongli models pull.",
        ) from broken


def _decode(data: bytes) -> BertWeights:
    cursor = _Cursor(data)
    if cursor.take("4s") != _MAGIC:
        raise ValueError(data[:4])
    header = _header(cursor)
    _skip_tokenizer(cursor)
    tensors = _Tensors(data, cursor)
    hidden = header.hidden
    types = tensors.floats("emb.type").reshape(-1, hidden)
    return BertWeights(
        words=tensors.matrix("emb.word", rows=header.vocabulary, columns=hidden),
        positions=tensors.floats("emb.pos").reshape(header.max_tokens, hidden) + types[0],
        embedding_norm=tensors.norm("emb.ln"),
        layers=tuple(_layer(tensors, header, index) for index in range(header.layers)),
        heads=header.heads,
        epsilon=header.epsilon,
        # XLM-R's vocabulary puts <pad> at 1, but the positions here start at 0, as in BERT.
        pad_id=1,
    )


def _header(cursor: _Cursor) -> _Header:
    cursor.take("I")
    hidden, layers, heads, inner, vocabulary, max_tokens, _types = (cursor.take("i") for _ in range(7))
    epsilon, group = cursor.take("f"), cursor.take("i")
    if group != _GROUP:
        raise ValueError(group)
    return _Header(
        hidden=hidden,
        layers=layers,
        heads=heads,
        inner=inner,
        vocabulary=vocabulary,
        max_tokens=max_tokens,
        epsilon=epsilon,
    )


def _layer(tensors: _Tensors, header: _Header, index: int) -> Layer:
    hidden, inner, root = header.hidden, header.inner, f"l{index}."

    def matrix(name: str, rows: int, columns: int) -> FloatArray:
        return np.ascontiguousarray(tensors.matrix(f"{root}{name}.w", rows=rows, columns=columns).T)

    def bias(name: str) -> FloatArray:
        return tensors.floats(f"{root}{name}.b")

    return Layer(
        qkv=np.concatenate([matrix(part, hidden, hidden) for part in "qkv"], axis=1),
        qkv_bias=np.concatenate([bias(part) for part in "qkv"]),
        attention_out=matrix("ao", hidden, hidden),
        attention_out_bias=bias("ao"),
        attention_norm=tensors.norm(f"{root}aln"),
        up=matrix("fi", inner, hidden),
        up_bias=bias("fi"),
        down=matrix("fo", hidden, inner),
        down_bias=bias("fo"),
        output_norm=tensors.norm(f"{root}oln"),
    )


class _Cursor:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.offset = 0

    def take(self, kind: str) -> Any:
        (value,) = struct.unpack_from(f"<{kind}", self.data, self.offset)
        self.offset += struct.calcsize(f"<{kind}")
        return value


def _skip_tokenizer(cursor: _Cursor) -> None:
    pieces = cursor.take("i")
    cursor.offset += 4 * 4  # ids of bos, eos, pad and unk
    blob = cursor.take("Q")
    cursor.offset += 4 * (pieces + 1) + 4 * pieces + blob  # offsets, scores, text
    cursor.take("i")
    normalisation = cursor.take("I")
    cursor.offset += normalisation


class _Tensors:
    """The directory: name → offset and byte length."""

    def __init__(self, data: bytes, cursor: _Cursor) -> None:
        self._data = data
        self._where: dict[str, tuple[int, int]] = {}
        for _ in range(cursor.take("i")):
            name = cursor.take(f"{cursor.take('H')}s").decode("ascii")
            cursor.take("B")
            cursor.take("I")
            offset, size = cursor.take("Q"), cursor.take("Q")
            self._where[name] = (offset, size)

    def _bytes(self, name: str) -> bytes:
        offset, size = self._where[name]
        found = self._data[offset : offset + size]
        if len(found) != size:
            raise ValueError(name)
        return found

    def floats(self, name: str) -> FloatArray:
        return np.frombuffer(self._bytes(name), "<f4").astype(np.float32)

    def norm(self, name: str) -> tuple[FloatArray, FloatArray]:
        return self.floats(f"{name}.w"), self.floats(f"{name}.b")

    def matrix(self, name: str, *, rows: int, columns: int) -> FloatArray:
        raw = np.frombuffer(self._bytes(name), np.uint8).reshape(-1, _GROUP_BYTES)
        scale = raw[:, :2].copy().view("<f2").astype(np.float32)
        nibbles = np.concatenate([raw[:, 2:] & 15, raw[:, 2:] >> 4], axis=1)
        return ((nibbles.astype(np.float32) - 8) * scale).reshape(rows, columns)

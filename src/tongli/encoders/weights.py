"""The weights of a BERT-family text encoder, whatever file they came from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file

from tongli.core import FloatArray, ModelError, shorten

ARCHITECTURES = ("bert", "roberta", "xlm-roberta", "camembert")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One transformer layer (Vaswani et al. 2017, post-norm). Matrices are ``(in, out)``, float32."""

    qkv: FloatArray
    qkv_bias: FloatArray
    attention_out: FloatArray
    attention_out_bias: FloatArray
    attention_norm: tuple[FloatArray, FloatArray]
    up: FloatArray
    up_bias: FloatArray
    down: FloatArray
    down_bias: FloatArray
    output_norm: tuple[FloatArray, FloatArray]


@dataclass(frozen=True, slots=True, kw_only=True)
class BertWeights:
    """A whole encoder.

    Attributes:
        words: shape ``(vocabulary, hidden)``.
        positions: shape ``(max_tokens, hidden)``, already shifted past padding offsets and with the
            first token type added, since a single text always has type 0.
        embedding_norm: scale and shift, each ``(hidden,)``.
        layers: bottom to top.
        heads: attention heads; divides ``hidden``.
        epsilon: of every layer norm.
        pad_id: id of the padding token.
    """

    words: FloatArray
    positions: FloatArray
    embedding_norm: tuple[FloatArray, FloatArray]
    layers: tuple[Layer, ...]
    heads: int
    epsilon: float
    pad_id: int

    @property
    def hidden(self) -> int:
        """Width of the hidden states."""
        return int(self.words.shape[1])

    @property
    def max_tokens(self) -> int:
        """Longest sequence, special tokens included."""
        return int(self.positions.shape[0])


def from_tensors(tensors: Mapping[str, FloatArray], config: Mapping[str, object]) -> BertWeights:
    """Build from tensors under their Hugging Face names and the ``config.json`` beside them.

    Raises:
        ModelError: ``model.architecture`` for another architecture, ``model.tensor`` for a missing tensor.
    """
    kind = config.get("model_type")
    if kind not in ARCHITECTURES or config.get("hidden_act", "gelu") != "gelu":
        raise ModelError(
            "model.architecture",
            received=f"model_type {shorten(kind)}, activation {shorten(config.get('hidden_act'))}",
            allowed=f"{', '.join(ARCHITECTURES)} with gelu",
            fix="Choose a BERT-family checkpoint.",
        )
    if config.get("position_embedding_type", "absolute") not in (None, "absolute"):
        raise ModelError(
            "model.architecture",
            received=f"position embeddings {shorten(config['position_embedding_type'])}",
            allowed="absolute position embeddings",
            fix="Choose a BERT-family checkpoint with absolute positions.",
        )
    names = _Names(tensors)
    pad_id = _integer(config, "pad_token_id", default=0)
    # RoBERTa numbers positions from pad_id + 1; BERT from 0.
    offset = 0 if kind == "bert" else pad_id + 1
    positions = names["embeddings.position_embeddings.weight"][offset:]
    return BertWeights(
        words=names["embeddings.word_embeddings.weight"],
        positions=positions + names["embeddings.token_type_embeddings.weight"][0],
        embedding_norm=names.norm("embeddings.LayerNorm"),
        layers=tuple(_layer(names, index) for index in range(_integer(config, "num_hidden_layers"))),
        heads=_integer(config, "num_attention_heads"),
        epsilon=_number(config, "layer_norm_eps", default=1e-12),
        pad_id=pad_id,
    )


def from_folder(folder: Path) -> BertWeights:
    """Read ``config.json`` and ``model.safetensors`` of a local checkpoint.

    Raises:
        ModelError: ``model.files`` when a file is missing or damaged, and those of :func:`from_tensors`.
    """
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        tensors = load_file(folder / "model.safetensors")
    except (OSError, ValueError, SafetensorError) as broken:
        raise ModelError(
            "model.files",
            received=f"{folder}: {type(broken).__name__}",
            allowed="a folder with config.json, model.safetensors and tokenizer.json",
            fix="Export the checkpoint with save_pretrained(safe_serialization=True).",
        ) from broken
    return from_tensors({name: np.asarray(value, np.float32) for name, value in tensors.items()}, config)


class _Names:
    """Look tensors up with or without the ``bert.`` or ``roberta.`` prefix."""

    def __init__(self, tensors: Mapping[str, FloatArray]) -> None:
        key = "embeddings.word_embeddings.weight"
        self._prefix = next((name.removesuffix(key) for name in tensors if name.endswith(key)), "")
        self._tensors = tensors

    def __getitem__(self, name: str) -> FloatArray:
        try:
            return self._tensors[self._prefix + name]
        except KeyError:
            raise ModelError(
                "model.tensor",
                received=f"a checkpoint without {self._prefix + name!r}",
                allowed="the tensors of a BERT-family encoder",
                fix="Check that the checkpoint is a plain encoder.",
            ) from None

    def norm(self, name: str) -> tuple[FloatArray, FloatArray]:
        return self[f"{name}.weight"], self[f"{name}.bias"]

    def linear(self, name: str) -> tuple[FloatArray, FloatArray]:
        return np.ascontiguousarray(self[f"{name}.weight"].T), self[f"{name}.bias"]


def _layer(names: _Names, index: int) -> Layer:
    root = f"encoder.layer.{index}"
    parts = [names.linear(f"{root}.attention.self.{part}") for part in ("query", "key", "value")]
    attention_out, attention_out_bias = names.linear(f"{root}.attention.output.dense")
    up, up_bias = names.linear(f"{root}.intermediate.dense")
    down, down_bias = names.linear(f"{root}.output.dense")
    return Layer(
        qkv=np.concatenate([weight for weight, _ in parts], axis=1),
        qkv_bias=np.concatenate([bias for _, bias in parts]),
        attention_out=attention_out,
        attention_out_bias=attention_out_bias,
        attention_norm=names.norm(f"{root}.attention.output.LayerNorm"),
        up=up,
        up_bias=up_bias,
        down=down,
        down_bias=down_bias,
        output_norm=names.norm(f"{root}.output.LayerNorm"),
    )


def _integer(config: Mapping[str, object], key: str, *, default: int | None = None) -> int:
    value = config.get(key, default)
    if not isinstance(value, int):
        raise _bad_config(key, value, allowed="a whole number")
    return value


def _number(config: Mapping[str, object], key: str, *, default: float) -> float:
    value = config.get(key, default)
    if not isinstance(value, (int, float)):
        raise _bad_config(key, value, allowed="a number")
    return float(value)


def _bad_config(key: str, value: object, *, allowed: str) -> ModelError:
    return ModelError(
        "model.config",
        received=f"{key}={shorten(value)} in config.json",
        allowed=allowed,
        fix="Correct config.json or choose another checkpoint.",
    )

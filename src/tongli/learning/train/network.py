"""The trainable part: upper transformer layers on stored states, and a small network a head."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import torch
from torch import Tensor, nn

from tongli.core import FloatArray, ModelError
from tongli.encoders.weights import BertWeights, Layer
from tongli.learning.train.layer import BertLayer

_PARTS = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "attention.output.LayerNorm",
    "intermediate.dense",
    "output.dense",
    "output.LayerNorm",
)
_TENSORS = frozenset(f"{part}.{kind}" for part in _PARTS for kind in ("weight", "bias"))


class Head(nn.Module):
    """``relu(x @ up + up_bias) @ down + bias`` on standardised features, dropout in between."""

    def __init__(self, width: int, inner: int, labels: int, *, dropout: float) -> None:
        super().__init__()
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, labels)
        self.dropout = dropout

    def forward(self, features: Tensor) -> Tensor:
        """``(batch, width)`` → ``(batch, labels)``."""
        inner = torch.relu(self.up(features))
        result: Tensor = self.down(nn.functional.dropout(inner, self.dropout, self.training))
        return result


class Upper(nn.Module):
    """The upper layers of a BERT-family encoder and the heads that read them.

    Args:
        weights: of the whole encoder.
        depth: layers that stay frozen below.
        pooled: of the upper layers (1-based in the whole encoder), whose means the heads read.
        heads: head → hidden units and labels.
        dropout: within the layers; head_dropout: within the heads.
        mean, scale: of the features, ``(features,)``; the heads read ``(x - mean) * scale``.
    """

    mean: Tensor
    scale: Tensor

    def __init__(
        self,
        weights: BertWeights,
        *,
        depth: int,
        pooled: Sequence[int],
        heads: Mapping[str, tuple[int, int]],
        mean: FloatArray,
        scale: FloatArray,
        dropout: float,
        head_dropout: float,
    ) -> None:
        super().__init__()
        self.depth, self.pooled = depth, tuple(pooled)
        self.layers = nn.ModuleList(
            bert_layer(layer, weights=weights, dropout=dropout) for layer in weights.layers[depth:]
        )
        self._add_heads(heads, mean=mean, scale=scale, dropout=head_dropout)

    def _add_heads(
        self, heads: Mapping[str, tuple[int, int]], *, mean: FloatArray, scale: FloatArray, dropout: float
    ) -> None:
        self.register_buffer("mean", torch.from_numpy(mean.astype(np.float32)))
        self.register_buffer("scale", torch.from_numpy(scale.astype(np.float32)))
        self.heads = nn.ModuleDict(
            {name: Head(len(mean), inner, labels, dropout=dropout) for name, (inner, labels) in heads.items()}
        )

    def features(self, states: Tensor, mask: Tensor, lower: Tensor) -> Tensor:
        """Standardised features.

        Args:
            states: ``(batch, tokens, hidden)`` of the last frozen layer.
            mask: ``(batch, tokens)``, 1 for real tokens.
            lower: ``(batch, lower_width)``, pooled frozen layers.
        """
        bias = (1 - mask)[:, None, None, :] * torch.finfo(states.dtype).min
        share = (mask / mask.sum(1, keepdim=True))[:, :, None]
        found = [lower]
        for index, layer in enumerate(self.layers, start=self.depth + 1):
            states = layer(states, bias)
            if index in self.pooled:
                found.append((states * share).sum(1))
        return (torch.cat(found, dim=1) - self.mean) * self.scale


class OnFeatures(Upper):
    """Heads alone, on features that are known: what is pooled below is all that they read.

    Args:
        heads: head → hidden units and labels.
        dropout: within the heads.
        mean, scale: as of :class:`Upper`.
    """

    def __init__(
        self,
        *,
        heads: Mapping[str, tuple[int, int]],
        mean: FloatArray,
        scale: FloatArray,
        dropout: float,
    ) -> None:
        nn.Module.__init__(self)
        self.depth, self.pooled, self.layers = 0, (), nn.ModuleList()
        self._add_heads(heads, mean=mean, scale=scale, dropout=dropout)


def bert_layer(layer: Layer, *, weights: BertWeights, dropout: float) -> BertLayer:
    """A layer as a module that can learn."""
    module = BertLayer(
        hidden=weights.hidden,
        heads=weights.heads,
        inner=layer.up.shape[1],
        epsilon=weights.epsilon,
        dropout=dropout,
    )
    module.load_state_dict(to_tensors(layer))
    return module


def to_tensors(layer: Layer) -> dict[str, Tensor]:
    """A layer's arrays under Hugging Face names."""
    hidden = layer.qkv.shape[0]
    found: dict[str, FloatArray] = {}
    for index, name in enumerate(("query", "key", "value")):
        columns = slice(index * hidden, (index + 1) * hidden)
        found[f"attention.self.{name}.weight"] = layer.qkv[:, columns].T
        found[f"attention.self.{name}.bias"] = layer.qkv_bias[columns]
    for name, matrix, bias in (
        ("attention.output.dense", layer.attention_out, layer.attention_out_bias),
        ("intermediate.dense", layer.up, layer.up_bias),
        ("output.dense", layer.down, layer.down_bias),
    ):
        found[f"{name}.weight"], found[f"{name}.bias"] = matrix.T, bias
    for name, norm in (
        ("attention.output.LayerNorm", layer.attention_norm),
        ("output.LayerNorm", layer.output_norm),
    ):
        found[f"{name}.weight"], found[f"{name}.bias"] = norm
    return {name: torch.from_numpy(np.array(value, np.float32, order="C")) for name, value in found.items()}


def to_layer(tensors: Mapping[str, Tensor]) -> Layer:
    """The inverse of :func:`to_tensors`.

    Raises:
        ModelError: ``adapt.unmerged`` for other tensors than those of a plain layer.
    """
    if other := sorted(tensors.keys() ^ _TENSORS):
        raise ModelError(
            "adapt.unmerged",
            received=f"a layer with other tensors, such as {other[0]}",
            allowed="the tensors of a plain layer",
            fix="Merge what was inserted: tongli.learning.adapt.insert.merged(network).",
        )

    def array(name: str) -> FloatArray:
        return tensors[name].detach().numpy().astype(np.float32)

    def matrix(name: str) -> FloatArray:
        return np.ascontiguousarray(array(f"{name}.weight").T)

    parts = [f"attention.self.{name}" for name in ("query", "key", "value")]
    return Layer(
        qkv=np.concatenate([matrix(part) for part in parts], axis=1),
        qkv_bias=np.concatenate([array(f"{part}.bias") for part in parts]),
        attention_out=matrix("attention.output.dense"),
        attention_out_bias=array("attention.output.dense.bias"),
        attention_norm=(
            array("attention.output.LayerNorm.weight"),
            array("attention.output.LayerNorm.bias"),
        ),
        up=matrix("intermediate.dense"),
        up_bias=array("intermediate.dense.bias"),
        down=matrix("output.dense"),
        down_bias=array("output.dense.bias"),
        output_norm=(array("output.LayerNorm.weight"), array("output.LayerNorm.bias")),
    )

"""Do the exported graphs say what the network said? The same weights in torch and in ONNX, on the same texts.

The states of the lowest layers come from a graph in float32; from there torch runs the layers and heads with
which training runs them, and ONNX Runtime the whole exported graph. What differs is the arithmetic alone, so
that a mistake in writing the graph shows as drift in float32, and the cost of rounding as drift in int8.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from tongli.core import FloatArray, ModelError
from tongli.emotion.head import Arrays, Head, calibrate
from tongli.emotion.words import grams
from tongli.encoders.forked import Inputs
from tongli.encoders.graph import build
from tongli.encoders.session import open_session
from tongli.encoders.weights import BertWeights
from tongli.learning.train.network import Head as Module
from tongli.learning.train.network import Upper

Batches = Sequence[tuple[NDArray[np.int64], NDArray[np.int32]]]
"""Ids and mask of every batch, each ``(batch, tokens)``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """Absolute difference of calibrated values, as a share of the scheme's range.

    Attributes:
        largest: over texts and labels.
        mean: over texts and labels.
    """

    largest: float
    mean: float


def torch_features(weights: BertWeights, batches: Batches, *, layers: Sequence[int]) -> FloatArray:
    """What the heads read, ``(texts, layers * hidden)``, by the network that training uses.

    Args:
        weights: of the tuned encoder.
        batches: token batches.
        layers: feature layers (1-based), ascending; those above the first run in torch.
    """
    depth, *pooled = layers
    graph = build(weights, feature_layers=(depth,), fork=depth)
    trunk = open_session(graph.model.SerializeToString())
    width = len(layers) * weights.hidden
    network = Upper(
        weights,
        depth=depth,
        pooled=pooled,
        heads={},
        mean=np.zeros(width, np.float32),
        scale=np.ones(width, np.float32),
        dropout=0.0,
        head_dropout=0.0,
    ).eval()
    found = []
    with torch.no_grad():
        for ids, mask in batches:
            outputs = trunk.run(["features", "states"], {"ids": ids, "mask": mask})
            lower, states = (torch.from_numpy(output) for output in outputs)
            found.append(network.features(states, torch.from_numpy(mask.astype(np.float32)), lower).numpy())
    return np.concatenate(found)


def onnx_features(run: Callable[[Inputs], FloatArray], batches: Batches) -> FloatArray:
    """The same by exported graphs, which ``run`` runs on a batch."""
    return np.asarray(np.concatenate([run({"ids": ids, "mask": mask}) for ids, mask in batches]), np.float32)


def torch_logits(arrays: Arrays, features: FloatArray) -> FloatArray:
    """Logits ``(texts, labels)`` of one head in torch."""
    width, inner = arrays.up.shape
    module = Module(width, inner, len(arrays.bias), dropout=0.0).eval()
    weights = {
        "up.weight": arrays.up.T,
        "up.bias": arrays.up_bias,
        "down.weight": arrays.down.T,
        "down.bias": arrays.bias,
    }
    module.load_state_dict(
        {name: torch.from_numpy(np.ascontiguousarray(value)) for name, value in weights.items()}
    )
    with torch.no_grad():
        inputs = torch.from_numpy((features - arrays.mean) * arrays.scale)
        return np.asarray(module(inputs).numpy(), np.float32)


def drifts(heads: Mapping[str, Head], *, reference: FloatArray, exported: FloatArray) -> dict[str, Drift]:
    """Drift of every head.

    Args:
        heads: name → head.
        reference: from :func:`torch_features`.
        exported: from :func:`onnx_features`, of the same texts in the same order.
    """
    return {name: _drift(head, reference=reference, exported=exported) for name, head in heads.items()}


def require_parity(found: Mapping[str, Drift], *, limit: float, graph: str) -> None:
    """Raise ``ModelError`` (``export.drift``) when a head drifts further than the limit."""
    # Not "larger than": a drift that is not a number fails too.
    beyond = {name: drift.largest for name, drift in found.items() if not drift.largest <= limit}
    if beyond:
        raise ModelError(
            "export.drift",
            received=f"{graph}: "
            + ", ".join(f"{name} drifts by {value:.2g}" for name, value in beyond.items()),
            allowed=f"at most {limit:g} of the range of a head",
            fix="Report it if the graph is fp32; for int8, train longer or allow more with --int8-limit.",
        )


def _drift(head: Head, *, reference: FloatArray, exported: FloatArray) -> Drift:
    scheme, languages = head.card.scheme, ["und"] * len(reference)
    nothing = grams([np.empty(0, np.int32)] * len(reference))
    dense = torch_logits(head.arrays, reference)
    said = head.said(nothing, languages=languages, dense=dense)
    before = calibrate(dense + said, card=head.card, languages=languages)
    after = head.values(exported, nothing, languages=languages)
    distance = np.abs(after.astype(np.float64) - before) / (scheme.high - scheme.low)
    return Drift(largest=float(distance.max()), mean=float(distance.mean()))

"""Weights → an ONNX graph that returns pooled layers, in int8 or fp32, without torch.

The graph is written from ONNX Runtime's fused operators. In int8, weights are signed with one scale an
output channel, activations unsigned with one *fixed* scale a matrix product, so that a text's result never
depends on what else is in its batch. Fixed scales would lose accuracy to outlier channels; SmoothQuant
moves those into the weights. Mean pooling over the real tokens is part of the graph, so that only
``layers * hidden`` numbers a text cross the border.

The encoder forks: the layers above ``fork`` exist twice, tuned for emotion, and as pretrained to compare
meanings by. :func:`build` writes the trunk, :func:`build_upper` a branch that goes on from its states, each a
graph of its own: ONNX Runtime runs all of a graph, whichever of its outputs are asked for.

References:
    Xiao et al. (2023), "SmoothQuant: Accurate and Efficient Post-Training Quantization for Large
    Language Models", ICML.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from tongli.core import FloatArray
from tongli.core.int8 import quantise
from tongli.encoders.weights import BertWeights, Layer

SMOOTHING = 0.8
"""SmoothQuant's migration strength; 0.8 kept the highest cosine to fp32 (experiments/LOG.md)."""

_MICROSOFT = "com.microsoft"
PRODUCTS_A_LAYER = 4
"""Matrix products of one transformer layer: query-key-value, attention's output, up, down."""

_Value = tuple[str, int, tuple[str | int, ...]]
"""Name, element type and shape of an input or output."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Smallest and largest value of each input channel of a matrix product, each ``(in,)``."""

    low: FloatArray
    high: FloatArray


_MASK = ("mask", TensorProto.INT32, ("batch", "tokens"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """A graph and the names of the inputs of its matrix products, in order, for calibration."""

    model: onnx.ModelProto
    products: tuple[str, ...]


def build(
    weights: BertWeights,
    *,
    feature_layers: Sequence[int],
    fork: int,
    ranges: Sequence[Range] | None = None,
) -> Graph:
    """Write the graph of the whole encoder, or of its trunk.

    Inputs: ``ids`` int64 ``(batch, tokens)``, ``mask`` int32 ``(batch, tokens)``, 1 for real tokens.
    Outputs: ``features`` float32 ``(batch, len(feature_layers) * hidden)`` and ``states`` float32
    ``(batch, tokens, hidden)``.

    Args:
        weights: the encoder.
        feature_layers: 1-based layers whose mean-pooled states are returned, concatenated in this order;
            no layer above them and the fork is in the graph.
        fork: 1-based layer whose states of every token are returned.
        ranges: one a matrix product, as measured by ``calibration.measure``; ``None`` writes fp32.
    """
    writer = Writer(ranges)
    hidden = _embed(writer, weights)
    pool = _pooling(writer)
    pooled = {}
    for index, layer in enumerate(weights.layers[: max(*feature_layers, fork)], start=1):
        hidden = _transform(writer, hidden, layer, weights)
        if index in feature_layers:
            pooled[index] = pool(hidden)
        if index == fork:
            writer.add("Identity", [hidden], output="states")
    writer.add("Concat", [pooled[index] for index in feature_layers], output="features", axis=1)
    model = writer.model(
        inputs=(("ids", TensorProto.INT64, ("batch", "tokens")), _MASK),
        outputs=(
            ("features", TensorProto.FLOAT, ("batch", len(feature_layers) * weights.hidden)),
            ("states", TensorProto.FLOAT, ("batch", "tokens", weights.hidden)),
        ),
    )
    return Graph(model=model, products=tuple(writer.products))


def build_upper(
    weights: BertWeights,
    *,
    fork: int,
    feature_layers: Sequence[int],
    lower: int = 0,
    ranges: Sequence[Range] | None = None,
) -> Graph:
    """Write the graph of the layers above the fork.

    Inputs: ``states`` float32 ``(batch, tokens, hidden)``, the trunk's; ``mask`` as there; where ``lower`` is
    given, ``lower``, the features of the trunk.
    Output: ``features`` float32 ``(batch, width)``: those of the trunk, and behind them the mean-pooled
    states of the feature layers.

    Args:
        weights: the whole encoder.
        fork: layers that the trunk has run.
        feature_layers: 1-based, ascending, none below the fork.
        lower: layers that the trunk's features are of.
        ranges: of the matrix products above the fork.
    """
    writer = Writer(ranges)
    pool = _pooling(writer)
    hidden = "states"
    pooled = ["lower"] if lower else []
    for index in range(fork, len(weights.layers) + 1):
        if index > fork:
            hidden = _transform(writer, hidden, weights.layers[index - 1], weights)
        if index in feature_layers:
            pooled.append(pool(hidden))
    writer.add("Concat", pooled, output="features", axis=1)
    passed = (("lower", TensorProto.FLOAT, ("batch", lower * weights.hidden)),) if lower else ()
    width = (lower + len(feature_layers)) * weights.hidden
    model = writer.model(
        inputs=(("states", TensorProto.FLOAT, ("batch", "tokens", weights.hidden)), _MASK, *passed),
        outputs=(("features", TensorProto.FLOAT, ("batch", width)),),
    )
    return Graph(model=model, products=tuple(writer.products))


def _embed(writer: Writer, weights: BertWeights) -> str:
    words = writer.embedding(weights.words)
    shape = writer.add("Shape", ["ids"], start=1, end=2)
    positions = writer.add(
        "Slice",
        [writer.constant(weights.positions), writer.constant(np.array([0], np.int64)), shape],
    )
    return writer.norm(writer.add("Add", [words, positions]), weights.embedding_norm, weights.epsilon)


def _transform(writer: Writer, hidden: str, layer: Layer, weights: BertWeights) -> str:
    qkv = writer.linear(hidden, layer.qkv, layer.qkv_bias)
    query, key, value = writer.split(qkv, parts=3)
    context = writer.add(
        "MultiHeadAttention",
        [query, key, value, "", "mask"],
        domain=_MICROSOFT,
        num_heads=weights.heads,
    )
    attended = writer.linear(context, layer.attention_out, layer.attention_out_bias)
    hidden = writer.norm(writer.add("Add", [hidden, attended]), layer.attention_norm, weights.epsilon)
    inner = writer.add("Gelu", [writer.linear(hidden, layer.up, layer.up_bias)], domain=_MICROSOFT)
    outer = writer.linear(inner, layer.down, layer.down_bias)
    return writer.norm(writer.add("Add", [hidden, outer]), layer.output_norm, weights.epsilon)


def _pooling(writer: Writer) -> Callable[[str], str]:
    """Mean over the real tokens, as a function of the name of the states."""
    mask = writer.add("Cast", ["mask"], to=TensorProto.FLOAT)
    column = writer.add("Unsqueeze", [mask, writer.constant(np.array([2], np.int64))])
    tokens = writer.constant(np.array([1], np.int64))
    count = writer.add("ReduceSum", [column, tokens], keepdims=0)

    def mean(hidden: str) -> str:
        masked = writer.add("Mul", [hidden, column])
        return writer.add("Div", [writer.add("ReduceSum", [masked, tokens], keepdims=0), count])

    return mean


def smoothing(observed: Range, matrix: FloatArray) -> FloatArray:
    """SmoothQuant's factor of each input channel, geometric mean 1: ``(x / f) @ (f * W) = x @ W``."""
    largest = np.maximum(np.maximum(np.abs(observed.low), np.abs(observed.high)), 1e-4)
    weight = np.maximum(np.abs(matrix).max(axis=1), 1e-4)
    factors = largest**SMOOTHING / weight ** (1 - SMOOTHING)
    return np.asarray(factors / np.exp(np.log(factors).mean()), np.float32)


def activation_scale(observed: Range, factors: FloatArray) -> tuple[NDArray[np.float32], NDArray[np.uint8]]:
    """Scale and zero point of the smoothed activations as unsigned 8-bit scalars; 0 stays exact."""
    low = min(0.0, float((observed.low / factors).min()))
    high = max(0.0, float((observed.high / factors).max()))
    scale = np.float32(max(high - low, 1e-6) / 255)
    zero = np.uint8(np.clip(round(-low / scale), 0, 255))
    return np.array(scale), np.array(zero)


class Writer:
    """Collects nodes and initialisers under fresh names.

    Args:
        ranges: one a matrix product, for int8; ``None`` writes fp32.
    """

    def __init__(self, ranges: Sequence[Range] | None = None) -> None:
        self._ranges = ranges
        self.products: list[str] = []
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []

    def add(
        self, kind: str, inputs: Sequence[str], *, output: str = "", domain: str = "", **attributes: Any
    ) -> str:
        """A node; the name of its output."""
        name = output or f"t{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, list(inputs), [name], domain=domain, **attributes))
        return name

    def constant(self, value: NDArray[np.generic]) -> str:
        """The name of a constant."""
        name = f"c{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def split(self, source: str, *, parts: int) -> list[str]:
        """Equal parts of the last axis."""
        names = [f"t{len(self._nodes)}_{part}" for part in range(parts)]
        self._nodes.append(helper.make_node("Split", [source], names, axis=-1, num_outputs=parts))
        return names

    def embedding(self, table: FloatArray) -> str:
        """Rows of a table ``(vocabulary, width)`` by ``ids``."""
        if self._ranges is None:
            return self.add("Gather", [self.constant(table), "ids"])
        values, scales = quantise(table, axis=1)
        rows = self.add("Gather", [self.constant(values), "ids"])
        scale = self.add("Gather", [self.constant(scales), "ids"])
        return self.add("Mul", [self.add("Cast", [rows], to=TensorProto.FLOAT), scale])

    def linear(self, source: str, matrix: FloatArray, bias: FloatArray) -> str:
        """A product with a matrix ``(in, out)``, and a sum with a bias ``(out,)``."""
        self.products.append(source)
        if self._ranges is None:
            product = self.add("MatMul", [source, self.constant(matrix)])
            return self.add("Add", [product, self.constant(bias)])
        observed = self._ranges[len(self.products) - 1]
        factors = smoothing(observed, matrix)
        scale, zero = activation_scale(observed, factors)
        values, scales = quantise(matrix * factors[:, None], axis=0)
        smooth = self.add("Mul", [source, self.constant(1 / factors)])
        scale_name, zero_name = self.constant(scale), self.constant(zero)
        quantised = self.add("QuantizeLinear", [smooth, scale_name, zero_name])
        inputs = [quantised, self.constant(values), scale_name, self.constant(scales[0]), zero_name, ""]
        return self.add("MatMulIntegerToFloat", [*inputs, self.constant(bias)], domain=_MICROSOFT)

    def norm(self, source: str, norm: tuple[FloatArray, FloatArray], epsilon: float) -> str:
        """Layer normalisation with its scale and shift."""
        scale, shift = (self.constant(part) for part in norm)
        return self.add("LayerNormalization", [source, scale, shift], axis=-1, epsilon=epsilon)

    def model(
        self, *, inputs: Sequence[_Value], outputs: Sequence[_Value], name: str = "tongli-text-encoder"
    ) -> onnx.ModelProto:
        """The graph of all that was added."""
        graph = helper.make_graph(
            self._nodes,
            name,
            [helper.make_tensor_value_info(*value) for value in inputs],
            [helper.make_tensor_value_info(*value) for value in outputs],
            self._constants,
        )
        imports = [helper.make_opsetid("", 18), helper.make_opsetid(_MICROSOFT, 1)]
        return helper.make_model(graph, opset_imports=imports, ir_version=10, producer_name="tongli")

"""The weights of mini-Xception, as Keras keeps them, to an ONNX graph: faces in, logits out.

Batch normalisation is folded into the convolution before it, so that the graph holds convolutions, ReLU,
maxima and sums only.

References:
    Arriaga, Valdenegro-Toro & Plöger (2019), "Real-time Convolutional Neural Networks for emotion and gender
    classification", ESANN. Only its expression network is used.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from tongli.core import ConfigError, FloatArray

SIDE = 64
"""Height and width of a face, in pixels."""

LOGITS = 7
_EPSILON = 1e-3
_BLOCKS = 4

Weights = Mapping[str, FloatArray]
"""``layer/parameter`` → array, as Keras names and shapes them."""


def read_keras(path: Path) -> dict[str, FloatArray]:
    """Weights of a Keras HDF5 file.

    Raises:
        ConfigError: ``image.package`` when h5py is not installed.
    """
    try:
        h5py = import_module("h5py")
    except ImportError as missing:
        raise ConfigError(
            "image.package",
            received="the face model to prepare, without h5py",
            allowed="h5py, once, to read its weights",
            fix="Install it: pip install 'tongli[video]'.",
        ) from missing
    found: dict[str, FloatArray] = {}
    with h5py.File(path) as file:
        layers = file["model_weights"]
        for layer in layers:
            for name in layers[layer].attrs["weight_names"]:
                parameter = name.decode().rpartition("/")[2].partition(":")[0]
                found[f"{layer}/{parameter}"] = np.asarray(layers[layer][name], np.float32)
    return found


def build(weights: Weights) -> onnx.ModelProto:
    """Write the graph.

    Input: ``faces`` float32 ``(batch, 1, 64, 64)``, grey, -1..1. Output: ``logits`` float32 ``(batch, 7)``.
    """
    graph = _Graph(weights)
    hidden = "faces"
    for index in (1, 2):
        hidden = graph.relu(graph.convolution(hidden, f"conv2d_{index}", norm=index))
    for block in range(_BLOCKS):
        hidden = _residual_block(graph, hidden, first=2 * block + 1, norm=3 * block + 3)
    logits = graph.convolution(hidden, "conv2d_7", same=True)
    pooled = graph.add("GlobalAveragePool", [logits])
    graph.add("Flatten", [pooled], output="logits")
    return graph.model()


def _residual_block(graph: _Graph, hidden: str, *, first: int, norm: int) -> str:
    """Two separable convolutions and a maximum, beside one convolution with stride 2."""
    shortcut = graph.convolution(hidden, f"conv2d_{(first + 5) // 2}", norm=norm, stride=2)
    inner = graph.relu(graph.separable(hidden, first, norm=norm + 1))
    inner = graph.separable(inner, first + 1, norm=norm + 2)
    pooled = graph.add("MaxPool", [inner], kernel_shape=[3, 3], strides=[2, 2], auto_pad="SAME_UPPER")
    return graph.add("Add", [pooled, shortcut])


class _Graph:
    """Nodes and their constants, in the order in which they are added."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []

    def add(self, operator: str, inputs: list[str], *, output: str | None = None, **attributes: Any) -> str:
        name = output or f"{operator}_{len(self._nodes)}"
        self._nodes.append(helper.make_node(operator, inputs, [name], **attributes))
        return name

    def relu(self, hidden: str) -> str:
        return self.add("Relu", [hidden])

    def convolution(
        self, hidden: str, layer: str, *, norm: int | None = None, stride: int = 1, same: bool = False
    ) -> str:
        """A convolution, with the normalisation that follows it."""
        kernel = self._weights[f"{layer}/kernel"].transpose(3, 2, 0, 1)
        bias = self._weights.get(f"{layer}/bias", np.zeros(len(kernel), np.float32))
        return self._convolve(hidden, *self._folded(kernel, bias, norm), stride=stride, same=same)

    def separable(self, hidden: str, index: int, *, norm: int) -> str:
        """A convolution of each channel alone, then one across channels."""
        layer = f"separable_conv2d_{index}"
        depthwise = self._weights[f"{layer}/depthwise_kernel"].transpose(2, 3, 0, 1)
        inner = self._convolve(
            hidden, depthwise, np.zeros(len(depthwise), np.float32), same=True, groups=len(depthwise)
        )
        pointwise = self._weights[f"{layer}/pointwise_kernel"].transpose(3, 2, 0, 1)
        return self._convolve(
            inner, *self._folded(pointwise, np.zeros(len(pointwise), np.float32), norm), same=True
        )

    def model(self) -> onnx.ModelProto:
        graph = helper.make_graph(
            self._nodes,
            "mini-xception",
            [helper.make_tensor_value_info("faces", TensorProto.FLOAT, ["batch", 1, SIDE, SIDE])],
            [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", LOGITS])],
            self._constants,
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
        onnx.checker.check_model(model)
        return model

    def _convolve(
        self,
        hidden: str,
        kernel: FloatArray,
        bias: FloatArray,
        *,
        stride: int = 1,
        same: bool = False,
        groups: int = 1,
    ) -> str:
        return self.add(
            "Conv",
            [hidden, self._constant(kernel), self._constant(bias)],
            strides=[stride, stride],
            group=groups,
            auto_pad="SAME_UPPER" if same else "VALID",
        )

    def _folded(
        self, kernel: FloatArray, bias: FloatArray, norm: int | None
    ) -> tuple[FloatArray, FloatArray]:
        if norm is None:
            return kernel, bias
        layer = f"batch_normalization_{norm}"
        gamma, beta, mean, variance = (
            self._weights[f"{layer}/{name}"] for name in ("gamma", "beta", "moving_mean", "moving_variance")
        )
        scale = gamma / np.sqrt(variance + _EPSILON)
        return kernel * scale[:, None, None, None], beta + (bias - mean) * scale

    def _constant(self, value: FloatArray) -> str:
        name = f"constant_{len(self._constants)}"
        array = np.ascontiguousarray(value, np.float32)
        self._constants.append(numpy_helper.from_array(array, name))
        return name

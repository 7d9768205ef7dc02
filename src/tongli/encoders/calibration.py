"""Observed ranges of every matrix product's input, for the int8 graph's fixed scales."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto, helper

from tongli.encoders.graph import Range, build
from tongli.encoders.session import open_session
from tongli.encoders.weights import BertWeights


def calibration_texts() -> list[str]:
    """The project's own calibration lines: short and long, many languages and scripts, emoji, noise."""
    lines = files("tongli.encoders").joinpath("calibration.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("# ")]


def measure(
    weights: BertWeights, batches: Iterable[tuple[NDArray[np.int64], NDArray[np.int32]]]
) -> list[Range]:
    """Run the fp32 graph over token batches and note each product's smallest and largest inputs.

    Args:
        weights: the encoder.
        batches: pairs of ids and mask, each ``(batch, tokens)``.
    """
    depth = len(weights.layers)
    graph = build(weights, feature_layers=(depth,), fork=depth)
    for name in dict.fromkeys(graph.products):
        graph.model.graph.output.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, None))
    session = open_session(graph.model.SerializeToString())
    ranges: list[Range] | None = None
    for ids, mask in batches:
        outputs = session.run(list(graph.products), {"ids": ids, "mask": mask})
        seen = [_observe(output[mask.astype(bool)]) for output in outputs]
        ranges = seen if ranges is None else [_widen(*pair) for pair in zip(ranges, seen, strict=True)]
    if ranges is None:
        raise ValueError("calibration needs at least one batch")
    return ranges


def _observe(states: NDArray[np.float32]) -> Range:
    return Range(low=states.min(axis=0), high=states.max(axis=0))


def _widen(left: Range, right: Range) -> Range:
    return Range(low=np.minimum(left.low, right.low), high=np.maximum(left.high, right.high))

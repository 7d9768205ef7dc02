"""Source → prepared folder: the three int8 graphs, the tokenizer and a manifest."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from tongli.encoders.batches import pad
from tongli.encoders.calibration import calibration_texts, measure
from tongli.encoders.forked import SENTENCE, TRUNK, TUNED
from tongli.encoders.graph import PRODUCTS_A_LAYER, Graph, Range, build, build_upper
from tongli.encoders.manifest import FORMAT, Manifest, file_sha256
from tongli.encoders.overlay import apply_overlay
from tongli.encoders.sources import Source
from tongli.encoders.weights import BertWeights

TOKENIZER = "tokenizer.json"

_CALIBRATION_TOKENS = 128
_CALIBRATION_BATCH = 16


def write(source: Source, folder: Path, *, offline: bool) -> Manifest:
    """Read the source and write the graphs and the tokenizer into an empty folder.

    Raises:
        ModelError: the source or its tuned layers cannot be had or read.
    """
    weights, tokenizer = source.read(folder, offline)
    (folder / TOKENIZER).write_bytes(tokenizer)
    batches = calibration_batches(Tokenizer.from_buffer(tokenizer), source=source, weights=weights)
    depth = len(weights.layers)
    fork = fork_layer(depth)
    tuned, ranges = weights, measure(weights, batches)
    upper = ranges[fork * PRODUCTS_A_LAYER :]
    graphs = {SENTENCE: build_upper(weights, fork=fork, feature_layers=(depth,), ranges=upper)}
    if source.overlay is not None:
        tuned = apply_overlay(source.overlay, weights, base_digest=source.digest)
        ranges = measure(tuned, batches)
    graphs |= read_graphs(tuned, ranges=ranges)
    for name, graph in graphs.items():
        (folder / name).write_bytes(graph.model.SerializeToString())
    return Manifest(
        format=FORMAT,
        encoder=f"{source.name}@{source.version}-f{FORMAT}",
        prefix=source.prefix,
        hidden=weights.hidden,
        feature_layers=feature_layers(depth),
        max_tokens=weights.max_tokens,
        pad_id=weights.pad_id,
        files={name: file_sha256(folder / name) for name in (*graphs, TOKENIZER)},
    )


def read_graphs(weights: BertWeights, *, ranges: Sequence[Range] | None = None) -> dict[str, Graph]:
    """File name → graph of what heads read with: the trunk, and the branch that is tuned.

    Args:
        weights: with the tuned layers.
        ranges: one a matrix product; ``None`` writes fp32.
    """
    layers, fork = feature_layers(len(weights.layers)), fork_layer(len(weights.layers))
    lower = tuple(layer for layer in layers if layer <= fork)
    cut = fork * PRODUCTS_A_LAYER
    below, above = (None, None) if ranges is None else (ranges[:cut], ranges[cut:])
    return {
        TRUNK: build(weights, feature_layers=lower, fork=fork, ranges=below),
        TUNED: build_upper(
            weights, fork=fork, feature_layers=layers[len(lower) :], lower=len(lower), ranges=above
        ),
    }


def feature_layers(depth: int) -> tuple[int, ...]:
    """Layers whose states the heads read: every other one of the upper three quarters of twelve.

    Against 8, 10 and 12 alone this gains a point of macro-F1 (experiments/LOG.md); other depths take the
    layers in proportion.
    """
    return tuple(sorted({max(1, round(layer * depth / 12)) for layer in (4, 6, 8, 10, 12)}))


def fork_layer(depth: int) -> int:
    """Layers of the trunk, which both branches share: the lower two thirds."""
    return max(1, round(depth * 2 / 3))


def calibration_batches(
    tokenizer: Tokenizer, *, source: Source, weights: BertWeights
) -> list[tuple[NDArray[np.int64], NDArray[np.int32]]]:
    """Token batches of the project's own calibration lines: ids and mask, each ``(batch, tokens)``."""
    tokenizer.no_padding()
    tokenizer.enable_truncation(min(_CALIBRATION_TOKENS, weights.max_tokens))
    texts = [source.prefix + text for text in calibration_texts()]
    rows = [encoded.ids for encoded in tokenizer.encode_batch(texts)]
    starts = range(0, len(rows), _CALIBRATION_BATCH)
    return [pad(rows[start : start + _CALIBRATION_BATCH], pad_id=weights.pad_id) for start in starts]

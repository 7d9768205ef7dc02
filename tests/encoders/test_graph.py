"""The graph against a plain numpy transformer, and int8 against fp32."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tongli.encoders.batches import pad
from tongli.encoders.build import feature_layers, fork_layer, read_graphs
from tongli.encoders.calibration import measure
from tongli.encoders.forked import Forked
from tongli.encoders.graph import Range, activation_scale, build, build_upper, smoothing
from tongli.encoders.session import open_session
from tongli.encoders.weights import from_folder

ROWS = [[0, 17, 33, 5, 2], [0, 99, 2], [0, *range(20, 45), 2]]


def run(graph, ids, mask):
    session = open_session(graph.model.SerializeToString())
    return session.run(["features"], {"ids": ids, "mask": mask})[0]


def reference(weights, row, layers):
    """Vaswani et al. (2017), post-norm, one text at a time."""
    erf = np.vectorize(__import__("math").erf)

    def norm(x, scale_shift):
        mean, var = x.mean(-1, keepdims=True), x.var(-1, keepdims=True)
        return (x - mean) / np.sqrt(var + weights.epsilon) * scale_shift[0] + scale_shift[1]

    hidden = norm(weights.words[row] + weights.positions[: len(row)], weights.embedding_norm)
    pooled = []
    for index, layer in enumerate(weights.layers, start=1):
        query, key, value = (
            part.reshape(len(row), weights.heads, -1).transpose(1, 0, 2)
            for part in np.split(hidden @ layer.qkv + layer.qkv_bias, 3, axis=1)
        )
        scores = query @ key.transpose(0, 2, 1) / np.sqrt(query.shape[-1])
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        context = (scores / scores.sum(-1, keepdims=True)) @ value
        context = context.transpose(1, 0, 2).reshape(len(row), -1)
        attended = context @ layer.attention_out + layer.attention_out_bias
        hidden = norm(hidden + attended, layer.attention_norm)
        inner = hidden @ layer.up + layer.up_bias
        inner = inner * 0.5 * (1 + erf(inner / np.sqrt(2)))
        hidden = norm(hidden + inner @ layer.down + layer.down_bias, layer.output_norm)
        if index in layers:
            pooled.append(hidden.mean(0))
    return np.concatenate(pooled)


def test_fp32_graph_equals_the_textbook(tiny_model):
    weights = from_folder(tiny_model)
    ids, mask = pad(ROWS, pad_id=weights.pad_id)
    found = run(build(weights, feature_layers=(1, 3), fork=2), ids, mask)
    wanted = np.stack([reference(weights, row, (1, 3)) for row in ROWS])
    np.testing.assert_allclose(found, wanted, atol=2e-5)


def test_a_branch_goes_on_from_the_fork(tiny_model):
    weights = from_folder(tiny_model)
    ids, mask = pad(ROWS, pad_id=weights.pad_id)
    trunk = open_session(build(weights, feature_layers=(1,), fork=2).model.SerializeToString())
    upper = build_upper(weights, fork=2, feature_layers=(3,))
    (states,) = trunk.run(["states"], {"ids": ids, "mask": mask})
    (found,) = open_session(upper.model.SerializeToString()).run(None, {"states": states, "mask": mask})
    wanted = np.stack([reference(weights, row, (3,)) for row in ROWS])
    np.testing.assert_allclose(found, wanted, atol=2e-5)


@pytest.mark.parametrize("depth", [1, 2, 3])
@pytest.mark.parametrize("exact", [True, False])
def test_trunk_and_branch_read_bit_for_bit_what_the_whole_graph_reads(tiny_model, depth, exact):
    weights = from_folder(tiny_model)
    weights = replace(weights, layers=weights.layers[:depth])
    ids, mask = pad(ROWS, pad_id=weights.pad_id)
    ranges = None if exact else measure(weights, [(ids, mask)])
    whole = build(weights, feature_layers=feature_layers(depth), fork=fork_layer(depth), ranges=ranges)
    trunk, tuned = (
        open_session(graph.model.SerializeToString())
        for graph in read_graphs(weights, ranges=ranges).values()
    )
    forked = Forked(Path("unread"), trunk=trunk, tuned=tuned)
    np.testing.assert_array_equal(forked.features({"ids": ids, "mask": mask}), run(whole, ids, mask))


def test_int8_graph_stays_close_and_does_not_depend_on_the_batch(tiny_model):
    weights = from_folder(tiny_model)
    ids, mask = pad(ROWS, pad_id=weights.pad_id)
    exact = run(build(weights, feature_layers=(3,), fork=2), ids, mask)
    graph = build(weights, feature_layers=(3,), fork=2, ranges=measure(weights, [(ids, mask)]))
    together = run(graph, ids, mask)
    alone = np.concatenate([run(graph, *pad([row], pad_id=weights.pad_id)) for row in ROWS])
    np.testing.assert_allclose(together, alone, atol=1e-5)
    cosine = (together * exact).sum(1) / np.linalg.norm(together, axis=1) / np.linalg.norm(exact, axis=1)
    assert cosine.min() > 0.99


@given(
    hnp.arrays(np.float32, 4, elements=st.floats(-50, 0, width=32)),
    hnp.arrays(np.float32, 4, elements=st.floats(0, 50, width=32)),
)
def test_activation_scale_covers_the_range_and_keeps_zero(low, high):
    scale, zero = activation_scale(Range(low=low, high=high), np.ones(4, np.float32))
    assert (0 - float(zero)) * scale <= low.min() + scale
    assert (255 - float(zero)) * scale >= high.max() - scale


def test_smoothing_factors_have_geometric_mean_one():
    observed = Range(low=np.array([-1, -30], np.float32), high=np.array([2, 5], np.float32))
    factors = smoothing(observed, np.array([[1.0], [0.5]], np.float32))
    assert np.exp(np.log(factors).mean()) == pytest.approx(1, abs=1e-5)
    assert factors[1] > factors[0]

"""How the graph is run."""

from __future__ import annotations

from pathlib import Path

from onnxruntime import GraphOptimizationLevel, InferenceSession, SessionOptions


def open_session(model: Path | bytes) -> InferenceSession:
    """A session on one thread, without the runtime's own fusions.

    Batches run in parallel instead, which scales better; and the fused SkipLayerNormalization that the
    runtime would put in takes seven times as long as the addition and LayerNormalization in the graph.
    """
    options = SessionOptions()
    options.intra_op_num_threads = 1
    options.graph_optimization_level = GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.log_severity_level = 3
    source = model if isinstance(model, bytes) else str(model)
    return InferenceSession(source, options, providers=["CPUExecutionProvider"])

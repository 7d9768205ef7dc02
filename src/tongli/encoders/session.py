"""How the graph is run."""

from __future__ import annotations

from pathlib import Path

from onnxruntime import GraphOptimizationLevel, InferenceSession, SessionOptions


def open_session(model: Path | bytes, *, fuse: bool = False) -> InferenceSession:
    """A session on one thread, without the runtime's own fusion of layer norms.

    Batches run in parallel instead, which scales better; and the fused SkipLayerNormalization that the
    runtime would put in takes seven times as long as the addition and LayerNormalization in the graph.
    Graphs of convolutions are another matter: with ``fuse`` they run in less than half the time.

    Processors without VNNI add two products of unsigned and signed bytes in 16 bits, which overflow: there
    the runtime is told to make the weights unsigned, a fifth slower, so that all machines read the same.
    """
    options = SessionOptions()
    options.intra_op_num_threads = 1
    level = GraphOptimizationLevel
    options.graph_optimization_level = level.ORT_ENABLE_ALL if fuse else level.ORT_ENABLE_EXTENDED
    options.add_session_config_entry("session.x64quantprecision", "1")
    options.log_severity_level = 3
    source = model if isinstance(model, bytes) else str(model)
    unwanted = [] if fuse else ["SkipLayerNormFusion"]
    return InferenceSession(source, options, providers=["CPUExecutionProvider"], disabled_optimizers=unwanted)

"""The encoder as it is run: a trunk, and from its states the branch that is asked for, never both."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession

from tongli.core import FloatArray
from tongli.encoders.session import open_session

TRUNK, TUNED, SENTENCE = "trunk.onnx", "tuned.onnx", "sentence.onnx"

Inputs = dict[str, NDArray[Any]]
"""``ids`` int64 and ``mask`` int32, each ``(batch, tokens)``."""


@dataclass(frozen=True)
class Forked:
    """Graphs of a prepared encoder; see :mod:`tongli.encoders.graph`.

    Attributes:
        folder: where they lie.
        trunk: the layers below the fork, which hold the vocabulary and nearly all the memory.
        tuned: the layers above it that heads read.
    """

    folder: Path
    trunk: InferenceSession
    tuned: InferenceSession

    @classmethod
    def open(cls, folder: Path) -> Forked:
        """Read the graphs that heads need."""
        return cls(folder, trunk=open_session(folder / TRUNK), tuned=open_session(folder / TUNED))

    def features(self, inputs: Inputs) -> FloatArray:
        """What heads read, ``(batch, layers * hidden)``."""
        states, lower = self.trunk.run(["states", "features"], inputs)
        branch = {"states": states, "lower": lower, "mask": inputs["mask"]}
        return np.asarray(self.tuned.run(None, branch)[0], np.float32)

    def sentences(self, inputs: Inputs) -> FloatArray:
        """What meanings are compared by, ``(batch, hidden)``; not yet of unit length."""
        branch = {"states": self.states(inputs), "mask": inputs["mask"]}
        return np.asarray(self._pretrained.run(None, branch)[0], np.float32)

    def states(self, inputs: Inputs) -> FloatArray:
        """States of every token at the fork, ``(batch, tokens, hidden)``."""
        return np.asarray(self.trunk.run(["states"], inputs)[0], np.float32)

    @cached_property
    def _pretrained(self) -> InferenceSession:
        """The pretrained upper layers; read at the first comparison of meanings."""
        return open_session(self.folder / SENTENCE)

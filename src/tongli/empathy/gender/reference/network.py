"""Features → a probability for each candidate, and for nobody.

Each candidate gets a score from a small network that shares its weights over candidates; nobody scores 0; a
softmax over all of them is the answer. Several networks, which differ in their random start, are averaged.
Two such sets ship: one reads what surrounds a candidate, the other the encoder's states as well. They were
fitted on the development part of GAP (``benchmarks/gender_reference_fit.py``).

References:
    Webster et al. (2018), "Mind the GAP: A Balanced Corpus of Gendered Ambiguous Pronouns", TACL; Apache-2.0.
    Denis & Baldridge (2008), "Specialized Models and Ranking for Coreference Resolution", EMNLP: ranking
        candidates against one another.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import as_file, files
from typing import Literal

import numpy as np

from tongli.core import FloatArray

Kind = Literal["surface", "states"]

FURTHEST = 5.0
"""Standard deviations from the mean that features are kept within: texts differ from those learned from."""
LEFT = 0.02
"""What must be left of all probability where candidates are ruled out; less is no evidence for anybody."""


@cache
def load(kind: Kind) -> Network:
    """The networks that ship."""
    from safetensors import safe_open

    with (
        as_file(files("tongli.knowledge") / "gender" / "reference" / f"{kind}.safetensors") as path,
        safe_open(path, framework="numpy") as file,
    ):
        arrays = {name: np.asarray(file.get_tensor(name), np.float32) for name in file.keys()}  # noqa: SIM118
        return Network(arrays, encoder=(file.metadata() or {}).get("encoder", ""))


class Network:
    """Some networks of one shape.

    Args:
        arrays: ``mean`` and ``scale`` of the features ``(features,)``; ``surface`` ``(networks, features,
            units)``; with states ``state_mean`` and ``state_scale`` ``(2, hidden)``, ``pronoun`` and
            ``candidate`` ``(networks, hidden, units)``; ``joint`` ``(networks, units, joint)``; ``out``
            ``(networks, joint)``; each with a ``_bias``.
        encoder: what made the states that it reads; empty where it reads none.
    """

    def __init__(self, arrays: dict[str, FloatArray], *, encoder: str = "") -> None:
        self._arrays = arrays
        self.encoder = encoder

    def probabilities(
        self, features: FloatArray, *, pronoun: FloatArray | None = None, candidates: FloatArray | None = None
    ) -> FloatArray:
        """One a candidate, and nobody's last; they sum to 1.

        Args:
            features: shape ``(candidates, features)``.
            pronoun: state of the pronoun, shape ``(hidden,)``.
            candidates: states of the candidates, shape ``(candidates, hidden)``.
        """
        own = self._arrays
        standard = np.clip((features - own["mean"]) / own["scale"], -FURTHEST, FURTHEST)
        parts = [_relu(self._dense("surface", standard))]
        if pronoun is not None and candidates is not None:
            mean, scale = own["state_mean"], own["state_scale"]
            asked = np.tanh(self._dense("pronoun", (pronoun[None] - mean[0]) / scale[0]))
            named = np.tanh(self._dense("candidate", (candidates - mean[1]) / scale[1]))
            parts = [asked * named, np.broadcast_to(asked, named.shape), named, *parts]
        hidden = _relu(self._dense("joint", np.concatenate(parts, axis=-1)))
        scores = np.einsum("ncj,nj->nc", hidden, own["out"]) + own["out_bias"][:, None]
        whole = np.concatenate([scores, np.zeros((len(scores), 1), np.float32)], axis=1)
        powers = np.exp(whole - whole.max(axis=1, keepdims=True))
        return np.asarray((powers / powers.sum(axis=1, keepdims=True)).mean(axis=0), np.float32)

    def _dense(self, name: str, values: FloatArray) -> FloatArray:
        """``(candidates, in)`` or ``(networks, candidates, in)`` → ``(networks, candidates, out)``."""
        return np.asarray(values @ self._arrays[name] + self._arrays[f"{name}_bias"][:, None], np.float32)


def without(chances: FloatArray, out: Sequence[int]) -> FloatArray:
    """Probabilities when some candidates are ruled out: all 0 where hardly anything is left.

    Args:
        chances: as :meth:`Network.probabilities` gives them.
        out: places of those who cannot be meant.
    """
    kept = chances.copy()
    kept[list(out)] = 0
    total = float(kept.sum())
    return np.asarray(kept / total if total >= LEFT else kept * 0, np.float32)


def stack(rows: Sequence[FloatArray]) -> FloatArray:
    """Rows as one array."""
    return np.asarray(np.stack(rows), np.float32)


def _relu(values: FloatArray) -> FloatArray:
    return np.maximum(values, 0)

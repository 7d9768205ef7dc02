"""Two texts read together: attention between the frozen states of their tokens, in numpy.

Each text goes through the encoder's lower layers by itself (``Reader.tokens``), so that its states
serve every pair that it is part of. A small network then compares every token with what the other text has
for it: first by likeness (soft alignment, Parikh et al. 2016), then by attention within the text and to the
other one. Both directions share all weights: the order of the texts does not matter. It says how sure it is
that the texts say different things, of what kind the difference is, and which tokens have no counterpart.
Weights are fitted with torch, by ``tongli.learning.meaning``.

References:
    Parikh, Täckström, Das & Uszkoreit (2016), "A Decomposable Attention Model for Natural Language
    Inference", EMNLP.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open

from tongli.core.encoding import FloatArray, Tokens
from tongli.core.errors import ModelError
from tongli.core.int8 import quantise
from tongli.core.tensors import save_tensors

HEADS = 4
"""Of each attention."""
FORMAT = 1
_ABOUT = "tongli"
_EPSILON = 1e-5
_SHARP = "sharp"

Two = tuple[FloatArray, FloatArray]
"""One array of each text, ``(tokens, …)``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairReading:
    """What is said of two texts.

    Attributes:
        fault: log-odds that they say different things.
        kinds: kind → probability that the difference is of it, if there is one.
        tokens: log-odds of each token of the first and of the second text that it has no counterpart.
    """

    fault: float
    kinds: Mapping[str, float]
    tokens: Two


class PairReader:
    """Compares two texts.

    Args:
        arrays: the network's weights by name; matrices ``(in, out)``.
        kinds: names of the outputs behind the first.
        encoder: id of the layers whose states are read.
        limits: language → log-odds above which a text of it is said to differ.
    """

    def __init__(
        self,
        arrays: Mapping[str, FloatArray],
        *,
        kinds: Sequence[str],
        encoder: str,
        limits: Mapping[str, float],
    ) -> None:
        self._arrays, self.kinds = arrays, tuple(kinds)
        self.encoder, self.limits = encoder, limits

    def read(self, first: Tokens, second: Tokens) -> PairReading:
        """Compare two texts, neither of them empty; their order does not matter.

        Raises:
            ModelError: ``pairs.encoder`` for states of another encoder.
        """
        if other := {first.encoder, second.encoder} - {self.encoder}:
            raise ModelError(
                "pairs.encoder",
                received=f"states of {min(other)}",
                allowed=f"states of {self.encoder}",
                fix="Use the embedded encoder, or fit the weights on states of this one.",
            )
        states = (np.asarray(first.states, np.float32), np.asarray(second.states, np.float32))
        near = _each(lambda own: _unit(own @ self._arrays["align.weight"]), _each(_centred, states))
        entered = self._normed(_each(lambda own: self._linear("enter", own), states), 0)
        scores = near[0] @ near[1].T * np.exp(self._arrays[_SHARP])
        found = _softmax(scores) @ entered[1], _softmax(scores.T) @ entered[0]
        now = self._normed(_plus(self._compared("compare", entered, found), entered), 1)
        now = self._normed(_plus(now, self._attention("own", now, now)), 2)
        found = self._attention("other", now, now[::-1])
        now = self._normed(_plus(self._compared("again", now, found), now), 3)
        tokens = _each(lambda own: self._linear("token", own)[:, 0], now)
        pooled = [
            np.concatenate([own.max(axis=0), own.mean(axis=0), [odds.max()]])
            for own, odds in zip(now, tokens, strict=True)
        ]
        said = self._linear("pair", np.stack(pooled)).sum(axis=0)
        shares = _softmax(said[None, 1:])[0]
        return PairReading(
            fault=float(said[0]),
            kinds=dict(zip(self.kinds, shares.tolist(), strict=True)),
            tokens=tokens,
        )

    def _linear(self, name: str, own: FloatArray) -> FloatArray:
        return np.asarray(own @ self._arrays[f"{name}.weight"] + self._arrays[f"{name}.bias"], np.float32)

    def _normed(self, two: Two, at: int) -> Two:
        scale, shift = self._arrays[f"norms.{at}.weight"], self._arrays[f"norms.{at}.bias"]

        def norm(own: FloatArray) -> FloatArray:
            off = own - own.mean(axis=1, keepdims=True)
            spread = np.sqrt((off**2).mean(axis=1, keepdims=True) + _EPSILON)
            return np.asarray(off / spread * scale + shift, np.float32)

        return _each(norm, two)

    def _compared(self, name: str, two: Two, found: Two) -> Two:
        one, other = (
            self._linear(f"{name}.2", np.maximum(self._linear(f"{name}.0", _beside(own, its)), 0))
            for own, its in zip(two, found, strict=True)
        )
        return one, other

    def _attention(self, name: str, asking: Two, asked: Two) -> Two:
        one, other = (self._attended(name, *both) for both in zip(asking, asked, strict=True))
        return one, other

    def _attended(self, name: str, asking: FloatArray, asked: FloatArray) -> FloatArray:
        query, key, value = (
            self._linear(f"{name}.{part}", own).reshape(len(own), HEADS, -1).transpose(1, 0, 2)
            for part, own in (("query", asking), ("key", asked), ("value", asked))
        )
        scores = query @ key.transpose(0, 2, 1) / np.sqrt(query.shape[2])
        found = (_softmax(scores) @ value).transpose(1, 0, 2).reshape(len(asking), -1)
        return self._linear(f"{name}.out", found)


def save_pairs(path: Path, arrays: Mapping[str, FloatArray], *, about: Mapping[str, object]) -> None:
    """Write weights; matrices in one byte a weight, with one scale a column.

    Args:
        path: a safetensors file.
        arrays: as :class:`PairReader` takes them.
        about: ``kinds``, ``encoder`` and ``limits``.
    """
    stored: dict[str, NDArray[Any]] = {}
    for name, value in arrays.items():
        if value.ndim == 2 and min(value.shape) > 1:
            stored[name], stored[f"{name}.scale"] = quantise(value, axis=0)
        else:
            stored[name] = np.ascontiguousarray(value)
    save_tensors(stored, path, metadata={_ABOUT: json.dumps({"format": FORMAT, **about}, sort_keys=True)})


def save_limits(path: Path, limits: Mapping[str, float]) -> None:
    """Put other limits into written weights, which stay as they are; raises as :func:`load_pairs`."""
    load_pairs(path)
    about, stored = _stored(path)
    told = json.dumps({**about, "limits": dict(limits)}, sort_keys=True)
    save_tensors(stored, path, metadata={_ABOUT: told})


def load_pairs(path: Path) -> PairReader:
    """Read weights.

    Raises:
        ModelError: ``pairs.weights`` when the file is missing, damaged or of another format.
    """
    try:
        about, stored = _stored(path)
        _require(whole=about["format"] == FORMAT)
        arrays = {
            name: np.asarray(value * stored[f"{name}.scale"], np.float32)
            if f"{name}.scale" in stored
            else value
            for name, value in stored.items()
            if not name.endswith(".scale")
        }
        reader = PairReader(
            arrays, kinds=about["kinds"], encoder=str(about["encoder"]), limits=dict(about["limits"])
        )
        _try(reader, hidden=arrays["enter.weight"].shape[0])
    except (OSError, SafetensorError, KeyError, TypeError, ValueError) as broken:
        raise ModelError(
            "pairs.weights",
            received=f"{path.name}: {type(broken).__name__}",
            allowed=f"weights of pairs of format {FORMAT}",
            fix="Reinstall tongli, or fit them: python benchmarks/meaning.py --data DATA --write.",
        ) from broken
    return reader


def _stored(path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    with safe_open(path, framework="numpy") as file:
        about = dict(json.loads((file.metadata() or {})[_ABOUT]))
        return about, {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - not a mapping


def _try(reader: PairReader, *, hidden: int) -> None:
    """Read a pair once, so that weights which do not fit one another are found here."""
    text = Tokens(spans=((0, 1),), states=np.zeros((1, hidden), np.float32), encoder=reader.encoder)
    _require(whole=bool(np.isfinite(reader.read(text, text).fault)))


def _require(*, whole: bool) -> None:
    if not whole:
        raise ValueError


def _each(function: Callable[[FloatArray], FloatArray], two: Two) -> Two:
    return function(two[0]), function(two[1])


def _plus(one: Two, two: Two) -> Two:
    return one[0] + two[0], one[1] + two[1]


def _centred(own: FloatArray) -> FloatArray:
    return np.asarray(own - own.mean(axis=0), np.float32)


def _unit(own: FloatArray) -> FloatArray:
    return np.asarray(own / np.maximum(np.linalg.norm(own, axis=1, keepdims=True), 1e-12), np.float32)


def _softmax(scores: FloatArray) -> FloatArray:
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True), np.float32)


def _beside(one: FloatArray, two: FloatArray) -> FloatArray:
    return np.concatenate([one, two, np.abs(one - two), one * two], axis=1)

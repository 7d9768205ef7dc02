"""The text channel: what the heads make of the words, as one of seven."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tongli.core import ChannelReading, FloatArray, Reading, Score
from tongli.emotion.fusion.card import LABELS
from tongli.knowledge.schemes import EKMAN6, SCHEMES

_LEAST = 1e-4
_DIGITS = 4
UNSURE_LANGUAGE = 0.5
"""Reliability of words whose language is not certain."""

PLAIN = "the words show no feeling of their own; how they are said may"
UNSURE = "no feeling is probable enough from the words alone"
NO_HEAD = "the head ekman6 did not run"

Details = Mapping[str, float | int | str]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsView:
    """Logistic regression from the heads' values to ``LABELS``, fitted on texts that no head has learnt from.

    Attributes:
        mean, scale: shape ``(10,)``; inputs become ``(x - mean) * scale``, and 0 where a head did not run.
        weights: shape ``(10, labels)``; bias: ``(labels,)``.
    """

    mean: FloatArray
    scale: FloatArray
    weights: FloatArray
    bias: FloatArray

    def probabilities(self, values: FloatArray) -> FloatArray:
        """Values of :func:`head_values`, ``(n, 10)`` → calibrated probabilities ``(n, labels)``."""
        inputs = np.nan_to_num((values - self.mean) * self.scale)
        logits = inputs @ self.weights + self.bias
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)

    def read(
        self, reading: Reading, *, threshold: float, trust: float = 1.0, details: Details | None = None
    ) -> ChannelReading:
        """What the words of a reading show.

        A feeling is decided when it is probable enough and a head claims it too. Plain words decide nothing,
        also not that the speaker feels nothing.

        Args:
            reading: of the heads.
            threshold: probability from which a feeling is decided.
            trust: 0..1, how far the words themselves can be trusted, such as words that were heard.
            details: facts to tell with it.
        """
        if "ekman6" not in reading.scores:
            return ChannelReading(channel="text", reason=NO_HEAD, details=details or {}, source="heads")
        row = self.probabilities(head_values(reading.scores)[None])[0].astype(np.float64)
        scores = {label: round(float(value), _DIGITS) for label, value in zip(LABELS, row, strict=True)}
        claimed = {claim.label for claim in reading.decided("emotion", scheme="ekman6")}
        best = max(EKMAN6, key=lambda label: scores[label])
        decided = scores[best] >= threshold and best in claimed
        plain = scores["neutral"] >= scores[best] or not claimed
        language = UNSURE_LANGUAGE if reading.language.abstained and not reading.language.declared else 1.0
        return ChannelReading(
            channel="text",
            scores=scores,
            label=best if decided else None,
            reliability=round(language * trust, _DIGITS),
            reason=None if decided else PLAIN if plain else UNSURE,
            details=details or {},
            source="heads",
        )

    def stored(self) -> dict[str, NDArray[Any]]:
        """The arrays by name."""
        return {
            f"text.{name}": np.ascontiguousarray(getattr(self, name), np.float32) for name in self.__slots__
        }


def head_values(scores: Mapping[str, Score]) -> FloatArray:
    """Log-odds of ekman6, log-probabilities of sentiment and log-odds of neutral, ``(10,)``.

    Values of heads that did not run are nan.
    """
    six = [_log_odds(_part(scores, "ekman6").get(label, np.nan)) for label in EKMAN6]
    tone = [
        np.log(np.clip(_part(scores, "sentiment").get(label, np.nan), _LEAST, 1))
        for label in SCHEMES["sentiment"].labels
    ]
    neutral = _log_odds(_part(scores, "goemotions28").get("neutral", np.nan))
    return np.array([*six, *tone, neutral], np.float32)


def read_words_view(stored: Mapping[str, NDArray[Any]]) -> WordsView:
    """The inverse of :meth:`WordsView.stored`; raises ``KeyError`` or ``ValueError``."""
    names = WordsView.__slots__
    view = WordsView(**{name: np.asarray(stored[f"text.{name}"], np.float32) for name in names})
    inputs = len(EKMAN6) + len(SCHEMES["sentiment"].labels) + 1
    shapes = tuple(getattr(view, name).shape for name in names)
    if shapes != ((inputs,), (inputs,), (inputs, len(LABELS)), (len(LABELS),)):
        raise ValueError(shapes)
    return view


def _part(scores: Mapping[str, Score], head: str) -> Mapping[str, float]:
    found = scores.get(head)
    return found if isinstance(found, Mapping) else {}


def _log_odds(probability: float) -> float:
    clipped = float(np.clip(probability, _LEAST, 1 - _LEAST))
    return float(np.log(clipped) - np.log1p(-clipped))

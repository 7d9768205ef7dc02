"""Spans of a text that mark something, such as a formal or an informal form of address: torch-free tagging.

References:
    Nadejde et al. (2022), "CoCoA-MT", Findings of NAACL (annotated markers of formality).
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import numpy as np
from safetensors import SafetensorError

from tongli.core import FloatArray, ModelError, Tokens
from tongli.emotion.marker_arrays import MarkerArrays, load_arrays
from tongli.emotion.marker_card import MarkerCard, load_marker_card
from tongli.emotion.marker_units import ROWS, pooled, units_of

_FORBIDDEN = -1e9
_DIGITS = 4


class Marker(NamedTuple):
    """A marked span.

    Attributes:
        start, end: half-open range of code points of the text.
        label: what it marks.
        score: calibrated chance, 0..1, that an annotator would mark exactly this span so.
    """

    start: int
    end: int
    label: str
    score: float


class Markers:
    """A tagger.

    Args:
        name: of its files.
        folder: where they are; ``None`` takes the one that ships with tongli.
    """

    def __init__(self, *, name: str = "markers", folder: Path | None = None) -> None:
        self.name = name
        self.folder = folder or Path(str(files("tongli.emotion").joinpath("weights", "markers")))
        self._loaded: tuple[MarkerArrays, MarkerCard] | None = None

    def load(self) -> None:
        """Read the files; raises ``ModelError`` (``markers.card``, ``markers.arrays``)."""
        if self._loaded is None:
            card = load_marker_card(self.folder / f"{self.name}.json")
            self._loaded = (_arrays(self.folder / f"{self.name}.safetensors", card), card)

    @property
    def card(self) -> MarkerCard:
        """The tagger's card: its labels, languages and figures."""
        self.load()
        assert self._loaded is not None  # noqa: S101 - load() either sets it or raises
        return self._loaded[1]

    def spans(self, text: str, tokens: Tokens, *, threshold: float | None = None) -> list[Marker]:
        """The marked spans of a text, in order; none overlap.

        Args:
            text: as written.
            tokens: of this text, from the encoder named in the card.
            threshold: least score; ``None`` takes the card's.

        Raises:
            ModelError: ``markers.encoder`` for states of another encoder.
        """
        card = self.card
        least = card.threshold if threshold is None else threshold
        scored = [
            Marker(start, end, label, round(calibrated(odds, card), _DIGITS))
            for start, end, label, odds in self.proposals(text, tokens)
        ]
        return [marker for marker in scored if marker.score >= least]

    def proposals(self, text: str, tokens: Tokens) -> list[tuple[int, int, str, float]]:
        """Every span of the best tags, with its log-odds before calibration; as :meth:`spans` else."""
        card = self.card
        if tokens.encoder != card.encoder:
            raise ModelError(
                "markers.encoder",
                received=f"token states of {tokens.encoder}",
                allowed=f"token states of {card.encoder}, which the tagger {card.name} was trained on",
                fix="Use that encoder, or train a tagger for this one with `tongli learn tag`.",
            )
        assert self._loaded is not None  # noqa: S101 - the card was read
        units = units_of(text, tokens.spans)
        if not units.spans:
            return []
        logits = self._loaded[0].logits(pooled(tokens.states, units), units.forms)
        return [
            (units.spans[first][0], units.spans[last][1], card.labels[label], odds)
            for first, last, label, odds in decode(logits)
        ]


def calibrated(odds: float, card: MarkerCard) -> float:
    """Log-odds of a span → its calibrated chance."""
    return float(1 / (1 + np.exp(-np.clip(card.slope * odds + card.offset, -30, 30))))


def decode(logits: FloatArray) -> list[tuple[int, int, int, float]]:
    """The spans of the best sequence of tags (Viterbi 1967) in which a span's later units follow its first.

    Args:
        logits: ``(units, tags)``, at least one unit.

    Returns:
        First and last unit, index of the label, and the log-odds of the span's probability: that its tags
        are right and the unit behind it does not continue it, taken as independent.
    """
    shifted = logits - logits.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    tags = best_tags(logs)
    found = []
    for first in np.flatnonzero(tags % 2 == 1).tolist():
        inside = tags[first] + 1
        last = first
        while last + 1 < len(tags) and tags[last + 1] == inside:
            last += 1
        total = float(logs[np.arange(first, last + 1), tags[first : last + 1]].sum())
        if last + 1 < len(tags):
            total += float(np.log1p(-min(np.exp(logs[last + 1, inside]), 1 - 1e-6)))
        chance = float(np.clip(np.exp(total), 1e-6, 1 - 1e-6))
        found.append((first, last, int(tags[first] - 1) // 2, float(np.log(chance / (1 - chance)))))
    return found


def best_tags(logs: FloatArray) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    """The likeliest allowed tags ``(units,)`` for log-probabilities ``(units, tags)``."""
    count = logs.shape[1]
    inside = np.arange(2, count, 2)
    moves = np.zeros((count, count))
    moves[:, inside] = _FORBIDDEN
    moves[inside, inside] = moves[inside - 1, inside] = 0
    score = logs[0].astype(float)
    score[inside] = _FORBIDDEN
    back = []
    for row in logs[1:]:
        reached = score[:, None] + moves
        back.append(reached.argmax(axis=0))
        score = reached.max(axis=0) + row
    tags = [int(score.argmax())]
    for step in reversed(back):
        tags.append(int(step[tags[-1]]))
    return np.array(tags[::-1], np.intp)


def _arrays(path: Path, card: MarkerCard) -> MarkerArrays:
    try:
        arrays = load_arrays(path)
        _check(arrays, labels=len(card.labels))
    except (OSError, SafetensorError, KeyError, TypeError, ValueError) as broken:
        raise ModelError(
            "markers.arrays",
            received=f"{path.name}: {type(broken).__name__}",
            allowed="the arrays of a tagger, of the shapes that its card implies",
            fix="Reinstall tongli, or train the tagger again with `tongli learn tag`.",
        ) from broken
    return arrays


def _check(arrays: MarkerArrays, *, labels: int) -> None:
    if arrays.down.shape[1] != 1 + 2 * labels or arrays.forms.shape[0] != ROWS:
        raise ValueError(arrays.down.shape)

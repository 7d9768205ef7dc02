"""Messages put together from one reading a channel, with channels taken away and some led astray."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tongli.core import FloatArray
from tongli.emotion.fusion.card import CHANNELS, LABELS
from tongli.emotion.fusion.signals import Signals
from tongli.learning.fusion.tables import Table

_NEUTRAL = LABELS.index("neutral")
_LEAST_TRUST = 0.2
"""Reliabilities below it are not drawn."""

_MISSING = 0.4
"""Share of the labels that such a reading lacks."""

Indices = NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """How messages are put together.

    Attributes:
        messages: to draw.
        dropout: range of the probability that a channel is taken away; one always stays.
        astray: share of readings that get a lower reliability, and with one minus it as their probability the
            reading of another message. So reliability means: how likely it is that the channel reads this
            very message.
        unknown: share of readings that lack some labels, as those of heads that learnt fewer do.
        plain: share of messages with neutral words, whatever the voice or face that is there shows.
    """

    messages: int = 40_000
    dropout: tuple[float, float] = (0.3, 0.5)
    astray: float = 0.3
    plain: float = 0.2
    unknown: float = 0.1


def draw(tables: Sequence[Table], rng: np.random.Generator, drawing: Drawing) -> tuple[Signals, Indices]:
    """Signals of messages, and the index of what each shows; all ``LABELS`` are equally frequent.

    Args:
        tables: at most one a channel; channels without one are always missing.
        rng: source of chance.
        drawing: how messages are put together.
    """
    count = drawing.messages
    truth = rng.integers(len(LABELS), size=count)
    present = _present(tables, rng, drawing)
    evidence = np.zeros((*present.shape, len(LABELS)), np.float32)
    reliability, sureness = np.zeros_like(present), np.zeros_like(present)
    for table in tables:
        wanted, trust = truth.copy(), _trust(rng, drawing)
        if table.channel == "text":
            plain = (rng.random(count) < drawing.plain) & (present.sum(axis=1) > 1)
            wanted[plain] = _NEUTRAL
        rows = _rows(table, wanted, rng, astray=rng.random(count) >= trust)
        there = np.flatnonzero(present[:, table.at])
        evidence[there, table.at] = _narrowed(table.evidence[rows[there]], rng, drawing)
        sureness[there, table.at] = table.sureness[rows[there]]
        reliability[there, table.at] = table.reliability[rows[there]] * trust[there]
    found = Signals(evidence=evidence, reliability=reliability, sureness=sureness, present=present)
    return found, truth


def _present(tables: Sequence[Table], rng: np.random.Generator, drawing: Drawing) -> NDArray[np.float32]:
    """Modality dropout; of the channels of a message that were all taken away, one stays."""
    places = np.array([table.at for table in tables])
    shape = (drawing.messages, len(places))
    kept = rng.random(shape) >= rng.uniform(*drawing.dropout, size=(drawing.messages, 1))
    empty = np.flatnonzero(~kept.any(axis=1))
    kept[empty, rng.integers(len(places), size=len(empty))] = True
    present = np.zeros((drawing.messages, len(CHANNELS)), np.float32)
    present[:, places] = kept
    return present


def _narrowed(evidence: FloatArray, rng: np.random.Generator, drawing: Drawing) -> FloatArray:
    """The evidence with some labels unknown to some readings: 0, and the mean of the others brought to 0."""
    few = rng.random((len(evidence), 1)) < drawing.unknown
    known = ~(few & (rng.random(evidence.shape) < _MISSING)) & (evidence != 0)
    mean = evidence.sum(axis=1, where=known) / np.maximum(known.sum(axis=1), 1)
    return np.where(known, evidence - mean[:, None], 0).astype(np.float32)


def _trust(rng: np.random.Generator, drawing: Drawing) -> NDArray[np.float32]:
    low = rng.random(drawing.messages) < drawing.astray
    return np.where(low, rng.uniform(_LEAST_TRUST, 1, size=len(low)), 1).astype(np.float32)


def _rows(table: Table, wanted: Indices, rng: np.random.Generator, *, astray: NDArray[np.bool_]) -> Indices:
    """A reading of each wanted label, and any reading where it goes astray.

    What a channel makes of a label that nothing in its table shows is not known, so it may be anything too.
    """
    rows = rng.integers(len(table.truth), size=len(wanted))
    for label in range(len(LABELS)):
        known, asked = np.flatnonzero(table.truth == label), np.flatnonzero((wanted == label) & ~astray)
        if len(known):
            rows[asked] = rng.choice(known, size=len(asked))
    return rows

"""Readings of one channel beside what was shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tongli.core import Channel, ChannelReading, FloatArray
from tongli.emotion.fusion.card import CHANNELS, LABELS
from tongli.emotion.fusion.signals import signals


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """``n`` readings of one channel.

    Attributes:
        channel: which one.
        evidence: shape ``(n, labels)``; sureness, reliability: ``(n,)``. As in ``Signals``.
        truth: shape ``(n,)``, index of what was shown in ``LABELS``.
    """

    channel: Channel
    evidence: FloatArray
    sureness: FloatArray
    reliability: FloatArray
    truth: NDArray[np.intp]

    @property
    def at(self) -> int:
        """Place of the channel in ``CHANNELS``."""
        return CHANNELS.index(self.channel)


def table(readings: Sequence[ChannelReading], labels: Sequence[str]) -> Table:
    """A table of readings of one channel, those that could be read, and their labels."""
    channel = readings[0].channel
    at = CHANNELS.index(channel)
    found = signals([[reading] for reading in readings])
    rows = np.flatnonzero(found.present[:, at])
    return Table(
        channel=channel,
        evidence=found.evidence[rows, at],
        sureness=found.sureness[rows, at],
        reliability=found.reliability[rows, at],
        truth=np.array([LABELS.index(labels[row]) for row in rows.tolist()], np.intp),
    )

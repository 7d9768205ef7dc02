"""Sounds beside a voice, as facts of its channel; no feeling is read off them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tongli.core import ChannelReading, HeardSound


def beside(reading: ChannelReading, sounds: Sequence[HeardSound]) -> ChannelReading:
    """The reading with what else is heard: ``details.sounds``, and in the reason where nobody speaks.

    Args:
        reading: of the channel ``speech``.
        sounds: that are no words.
    """
    if not sounds:
        return reading
    kinds = sorted({sound.kind for sound in sounds})
    told = ", ".join(f"{kind} {_seconds(sounds, kind):.1f} s" for kind in kinds)
    reason = reading.reason
    if not reading.scores and reason is not None:
        reason = f"{reason}; there are sounds: {' and '.join(kinds)}"
    return replace(reading, reason=reason, details={**reading.details, "sounds": told})


def _seconds(sounds: Sequence[HeardSound], kind: str) -> float:
    return sum(sound.times[1] - sound.times[0] for sound in sounds if sound.kind == kind)

"""One reading a channel: what a voice, a face, a scene or the words alone show, before they are fused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from tongli.core.encoding import FloatArray

Channel = Literal["text", "speech", "face", "scene"]
Times = tuple[float, float]
"""Half-open range of seconds from the start of a recording."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waveform:
    """Sound as the encoders hear it.

    Attributes:
        samples: shape ``(n,)``, mono, -1..1; float32.
        rate: samples a second.
    """

    samples: FloatArray
    rate: int = 16_000

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.samples) / self.rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What a channel shows during one stretch of a recording.

    Attributes:
        times: seconds from the start.
        scores: label → calibrated probability.
        label: the decided one, ``None`` when the channel abstains there.
        track: which of several voices or faces, ``None`` where they are not told apart. Tracks are numbers
            within one recording; they identify nobody.
    """

    times: Times
    scores: Mapping[str, float]
    label: str | None = None
    track: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """The moment as plain data."""
        track = {} if self.track is None else {"track": self.track}
        return {"times": list(self.times), "label": self.label, **track, "scores": dict(self.scores)}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelReading:
    """What one channel of a message shows.

    A voice and a face *show* an expression; what is felt, they do not tell.

    Attributes:
        channel: which one.
        scores: label → calibrated probability, summing to 1; empty when nothing could be read.
        label: the decided label, ``None`` when abstained.
        reliability: 0..1, how much this channel can be trusted here (length, loudness, blur, pose).
        reason: why it abstained.
        moments: the same over time, in order.
        details: facts about the channel that a person can check (``seconds``, ``faces``, …).
        source: which model read it.
    """

    channel: Channel
    scores: Mapping[str, float] = field(default_factory=dict)
    label: str | None = None
    reliability: float = 0.0
    reason: str | None = None
    moments: tuple[Moment, ...] = ()
    details: Mapping[str, float | int | str] = field(default_factory=dict)
    source: str = ""

    @property
    def abstained(self) -> bool:
        """Whether the channel declines to decide."""
        return self.label is None

    def to_dict(self) -> dict[str, Any]:
        """The channel as plain data; scores are told beside it."""
        data: dict[str, Any] = {
            "label": self.label,
            "abstained": self.abstained,
            "reliability": self.reliability,
            "source": self.source,
            **self.details,
        }
        if self.reason is not None:
            data["reason"] = self.reason
        if self.moments:
            data["moments"] = [moment.to_dict() for moment in self.moments]
        return data

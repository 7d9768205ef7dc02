"""Moments of a channel laid out on a time line: a lane a track, cut into equal columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tongli.core import ChannelReading, Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One column of one lane.

    Attributes:
        scores: label → mean probability, weighted by how long each moment fills the column.
        label: the label decided for most of the column, ``None`` where the channel abstains.
    """

    scores: Mapping[str, float]
    label: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One voice or face over time.

    Attributes:
        track: its number; ``None`` where tracks are not told apart.
        cells: one a column, ``None`` where it is not seen or heard.
        seconds: how long it is.
    """

    track: int | None
    cells: tuple[Cell | None, ...]
    seconds: float


def seconds_of(reading: ChannelReading) -> float:
    """Length of the time line: what the channel says, or where its last moment ends."""
    last = max((moment.times[1] for moment in reading.moments), default=0.0)
    told = reading.details.get("seconds", 0.0)
    return max(last, float(told)) if isinstance(told, float | int) else last


def labels_of(reading: ChannelReading) -> tuple[str, ...]:
    """Labels of the moments, in the channel's own order."""
    names = dict.fromkeys(name for moment in reading.moments for name in moment.scores)
    return tuple(names)


def lanes(reading: ChannelReading, *, columns: int) -> list[Lane]:
    """The lanes of a recording, the longest first; none for a picture, which has no time.

    Args:
        reading: of any channel.
        columns: equal parts of the recording.
    """
    total = seconds_of(reading)
    if total <= 0 or not reading.moments:
        return []
    tracks: dict[int | None, list[Moment]] = {}
    for moment in reading.moments:
        tracks.setdefault(moment.track, []).append(moment)
    found = [_lane(track, moments, total / columns, columns) for track, moments in tracks.items()]
    return sorted(found, key=lambda lane: -lane.seconds)


def _lane(track: int | None, moments: Sequence[Moment], width: float, columns: int) -> Lane:
    shares: list[list[tuple[float, Moment]]] = [[] for _ in range(columns)]
    for moment in moments:
        start, end = moment.times
        for column in range(int(start // width), min(int(end // width) + 1, columns)):
            share = min(end, (column + 1) * width) - max(start, column * width)
            if share > 0:
                shares[column].append((share, moment))
    return Lane(
        track=track,
        cells=tuple(_cell(parts) if parts else None for parts in shares),
        seconds=sum(moment.times[1] - moment.times[0] for moment in moments),
    )


def _cell(parts: Sequence[tuple[float, Moment]]) -> Cell:
    total = sum(share for share, _ in parts)
    scores: dict[str, float] = {}
    longest: dict[str | None, float] = {}
    for share, moment in parts:
        longest[moment.label] = longest.get(moment.label, 0.0) + share
        for label, score in moment.scores.items():
            scores[label] = scores.get(label, 0.0) + score * share / total
    return Cell(scores=scores, label=max(longest, key=lambda label: longest[label]))

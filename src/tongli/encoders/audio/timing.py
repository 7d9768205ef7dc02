"""Times of words in the recording, from those in a window and from where speech starts and ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from tongli.core import Times, TranscriptSegment, TranscriptWord
from tongli.encoders.audio.windows import Piece, Window

_PAUSE = 1.0
"""Seconds of silence that part two segments."""


def placed(words: Sequence[TranscriptWord], window: Window) -> list[TranscriptWord]:
    """Words of a window at their times in the recording: inside speech, in order, none overlapping.

    The first word of a stretch of speech starts with it, and the last one ends with it: voice activity knows
    the edges better than the attention that word times come from.
    """
    groups: dict[Piece, list[TranscriptWord]] = {}
    at = 0.0
    for word in words:
        at = max(at, sum(word.times) / 2)  # the order of the words is surer than their times
        groups.setdefault(window.piece_at(at), []).append(word)
    return [word for piece, group in groups.items() for word in _within(group, piece)]


def segments(words: Sequence[TranscriptWord], starts: Sequence[int]) -> list[TranscriptSegment]:
    """Segments that begin at some words, and after every pause.

    Args:
        words: in order.
        starts: indices of words at which the model began a segment.
    """
    if not words:
        return []
    pauses = {at for at, (a, b) in enumerate(pairwise(words), 1) if b.times[0] - a.times[1] >= _PAUSE}
    bounds = [*sorted({0} | {at for at in starts if at < len(words)} | pauses), len(words)]
    return [TranscriptSegment(words=tuple(words[start:stop])) for start, stop in pairwise(bounds)]


def _within(words: Sequence[TranscriptWord], piece: Piece) -> list[TranscriptWord]:
    shift = piece.times[0] - piece.at
    edges = [_clipped((word.times[0] + shift, word.times[1] + shift), piece.speech) for word in words]
    edges[0] = (piece.speech[0], edges[0][1])
    edges[-1] = (edges[-1][0], piece.speech[1])
    times: list[Times] = []
    for start, end in edges:
        begin = max(start, times[-1][1]) if times else start
        times.append((begin, max(end, begin)))
    return [
        replace(word, times=(round(start, 3), round(end, 3)))
        for word, (start, end) in zip(words, times, strict=True)
    ]


def _clipped(times: Times, speech: Times) -> Times:
    return min(max(times[0], speech[0]), speech[1]), min(max(times[1], speech[0]), speech[1])

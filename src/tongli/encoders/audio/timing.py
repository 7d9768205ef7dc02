"""Times of words in the recording, from those in a window and from where speech starts and ends."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from tongli.core import TranscriptSegment, TranscriptWord
from tongli.encoders.audio.windows import Piece, Window

_PAUSE = 1.0
"""Seconds of silence that part two segments."""
_SHORTEST = 0.06
"""Seconds of a word, where the speech leaves so much."""
_ENDS, _PAUSES = ".!?…。！？।؟", ",;:、，；：،"
_AFTER_CLAUSE, _INSIDE = 0.2, 0.4
"""Costs of a pause after a comma or before a capital letter, and at any other place inside a sentence."""
_EARLY = 0.6
"""Seconds by which a word may come before the speech that it is in: attention runs ahead over a pause."""
_RATE = 0.5
"""Cost of a piece whose words would be said e times faster or slower than usual."""


def placed(
    words: Sequence[TranscriptWord], window: Window, *, starts: Sequence[int] = ()
) -> list[TranscriptWord]:
    """Words of a window at their times in the recording: inside speech, in order, none overlapping.

    Which stretch of speech a word belongs to is found for all words together: the attention that word times
    come from often puts the first word after a pause before it. The first word of a stretch starts with it,
    and the last one ends with it, as voice activity knows the edges better.

    Args:
        words: with times in the window.
        window: where they were heard.
        starts: indices of words that start a segment.
    """
    bounds = _Shares(words, window.pieces, frozenset(starts)).bounds()
    return [
        word
        for piece, (start, stop) in zip(window.pieces, pairwise(bounds), strict=True)
        for word in _within(words[start:stop], piece)
    ]


def segments(
    words: Sequence[TranscriptWord], starts: Iterable[int], turns: AbstractSet[int] = frozenset()
) -> list[TranscriptSegment]:
    """Segments that begin at some words, and after every pause.

    Args:
        words: in order.
        starts: indices of words at which the model began a segment.
        turns: indices of words at which somebody else starts to speak.
    """
    if not words:
        return []
    pauses = {at for at, (a, b) in enumerate(pairwise(words), 1) if b.times[0] - a.times[1] >= _PAUSE}
    begun = {at for at in starts if at < len(words)}
    bounds = [*sorted({0} | begun | pauses | turns), len(words)]
    return [
        TranscriptSegment(words=tuple(words[start:stop]), turn=start in turns)
        for start, stop in pairwise(bounds)
    ]


@dataclass(frozen=True, slots=True)
class _Shares:
    """How words are shared out among pieces: the cheapest way, by dynamic programming."""

    words: Sequence[TranscriptWord]
    pieces: Sequence[Piece]
    starts: frozenset[int]

    def bounds(self) -> list[int]:
        """For each piece the index of its first word, and the number of words at the end."""
        count = len(self.words)
        letters = [0, *accumulate(len(word.text.strip()) for word in self.words)]
        rate = max(letters[-1], 1) / sum(piece.speech[1] - piece.speech[0] for piece in self.pieces)
        costs = [0.0, *[math.inf] * count]
        came: list[list[int]] = []
        for piece in self.pieces:
            missed = [0.0, *accumulate(_missed(word, piece) for word in self.words)]
            lasting = piece.speech[1] - piece.speech[0]
            paces = [_pace(said / rate, lasting) for said in range(letters[-1] + 1)]
            step = [
                min(
                    (
                        costs[start]
                        + (missed[stop] - missed[start])
                        + paces[letters[stop] - letters[start]]
                        + (self._parted(start) if start < stop else 0.0),
                        start,
                    )
                    for start in range(stop + 1)
                )
                for stop in range(count + 1)
            ]
            costs, origins = [cost for cost, _ in step], [start for _, start in step]
            came.append(origins)
        found = [count]
        for origins in reversed(came):
            found.append(origins[found[-1]])
        return found[::-1]

    def _parted(self, at: int) -> float:
        """The cost of a pause before a word."""
        if at == 0 or at in self.starts:
            return 0.0
        last, first = self.words[at - 1].text.strip()[-1:], self.words[at].text.strip()[:1]
        if last in _ENDS:
            return 0.0
        return _AFTER_CLAUSE if last in _PAUSES or first.isupper() else _INSIDE


def _missed(word: TranscriptWord, piece: Piece) -> float:
    """Seconds by which the middle of a word misses the speech of a piece, in the time of the window."""
    middle = sum(word.times) / 2 + piece.times[0] - piece.at
    return max(piece.speech[0] - _EARLY - middle, middle - piece.speech[1], 0.0)


def _pace(expected: float, lasting: float) -> float:
    return _RATE * abs(math.log((expected + 0.1) / (lasting + 0.1)))


def _within(words: Sequence[TranscriptWord], piece: Piece) -> list[TranscriptWord]:
    """Words of a piece, moved into its speech; the first and the last one reach its edges."""
    if not words:
        return []
    begin, over = piece.speech
    shift = piece.times[0] - piece.at
    shortest = min(_SHORTEST, (over - begin) / len(words))
    starts = [begin, *(word.times[0] + shift for word in words[1:])]
    for at in range(1, len(starts)):
        starts[at] = max(starts[at], starts[at - 1] + shortest)
    latest = over
    for at in reversed(range(len(starts))):
        latest -= shortest
        starts[at] = min(starts[at], latest)
        latest = starts[at]
    ends = [min(word.times[1] + shift, after) for word, after in zip(words, starts[1:], strict=False)]
    return [
        replace(word, times=(round(start, 3), round(max(end, start + shortest / 2), 3)))
        for word, start, end in zip(words, starts, [*ends, over], strict=True)
    ]

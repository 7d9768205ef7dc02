"""A long recording, in windows of speech: what Whisper hears at once, with the pauses left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from tongli.core import FloatArray, Times, Waveform
from tongli.encoders.audio.decode import RATE
from tongli.encoders.audio.edges import sharpened
from tongli.encoders.audio.voice import FRAME, Voice, times_of

LONGEST = 28.0
"""Seconds of a window; Whisper takes 30."""
_FRAME = FRAME / RATE
"""Seconds of a frame of voice activity."""
_PAD = 0.25
"""Seconds kept before and after speech."""
_OPEN = 0.6
"""Speech may go on when less silence than this was heard after it."""
_CUT_WITHIN = 8.0
"""Speech without a pause is cut at its least certain place in so many of its last seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of speech with a little sound around it.

    Attributes:
        at: where it starts in its window, in seconds.
        times: of the piece, from the start of the recording.
        speech: of the speech in it, from there too.
    """

    at: float
    times: Times
    speech: Times


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Pieces of speech, one after the other.

    Attributes:
        samples: 16 kHz.
        pieces: in order, at least one.
    """

    samples: FloatArray
    pieces: tuple[Piece, ...]

    @property
    def waveform(self) -> Waveform:
        """The sound of it."""
        return Waveform(samples=self.samples, rate=RATE)

    def piece_at(self, seconds: float) -> Piece:
        """The piece that is heard at a time of the window."""
        return next((piece for piece in reversed(self.pieces) if piece.at <= seconds), self.pieces[0])

    def part(self, first: int, stop: int) -> Window:
        """Some of the pieces, as a window of their own."""
        ends = [*(piece.at for piece in self.pieces), len(self.samples) / RATE]
        begin = ends[first]
        return Window(
            samples=self.samples[round(begin * RATE) : round(ends[stop] * RATE)],
            pieces=tuple(replace(piece, at=piece.at - begin) for piece in self.pieces[first:stop]),
        )


def windows(blocks: Iterable[Waveform], voice: Voice) -> Iterator[Window]:
    """Windows of at most 28 s, in order; none for a recording without speech.

    They do not depend on how the recording was cut into blocks of some seconds.
    """
    pending: list[tuple[FloatArray, Times, Times]] = []
    length = 0.0
    for samples, times, speech in _pieces(blocks, voice):
        seconds = times[1] - times[0]
        if pending and length + seconds > LONGEST:
            yield _window(pending)
            pending, length = [], 0.0
        pending.append((samples, times, speech))
        length += seconds
    if pending:
        yield _window(pending)


def _window(pending: Sequence[tuple[FloatArray, Times, Times]]) -> Window:
    pieces, at = [], 0
    for samples, times, speech in pending:
        pieces.append(Piece(at=at / RATE, times=times, speech=speech))
        at += len(samples)
    return Window(samples=np.concatenate([samples for samples, _, _ in pending]), pieces=tuple(pieces))


def _pieces(blocks: Iterable[Waveform], voice: Voice) -> Iterator[tuple[FloatArray, Times, Times]]:
    listener, tape = voice.listen(), _Tape()
    for block in blocks:
        tape.add(block.samples, listener(block.samples))
        yield from tape.pieces(ended=False)
    tape.add(np.zeros(0, np.float32), listener.rest())
    yield from tape.pieces(ended=True)


class _Tape:
    """What was heard and is not yet in a piece. Times and places count from the start of the recording."""

    def __init__(self) -> None:
        self._samples = np.zeros(0, np.float32)
        self._probabilities = np.zeros(0, np.float32)
        self._gone = 0
        """Frames that were cut off the front."""
        self._decided = 0
        """Frames up to which pieces were made."""
        self._taken = 0
        """Samples up to which they are in a piece."""

    def add(self, samples: FloatArray, probabilities: FloatArray) -> None:
        self._samples = np.concatenate([self._samples, samples])
        self._probabilities = np.concatenate([self._probabilities, probabilities])

    def pieces(self, *, ended: bool) -> Iterator[tuple[FloatArray, Times, Times]]:
        """Pieces of the speech that is over; ``ended``: of all."""
        offset = self._decided * _FRAME
        speech = [
            (offset + start, offset + end)
            for start, end in times_of(self._probabilities[self._decided - self._gone :])
        ]
        heard = (self._gone + len(self._probabilities)) * _FRAME
        while speech:
            start, end = speech.pop(0)
            if end - start > LONGEST - 2 * _PAD:
                cut = self._cut(start)
                yield self._piece(start, cut, until=cut)
                speech.insert(0, (cut, end))
            elif ended or heard - end >= _OPEN:
                yield self._piece(start, end, until=(end + speech[0][0]) / 2 if speech else heard)
            else:
                heard = start
                break
        self._forget(heard)

    def _cut(self, start: float) -> float:
        """The least certain place near the end of the longest piece that starts there."""
        last = round((start + LONGEST - 2 * _PAD) / _FRAME) - self._gone
        first = last - round(_CUT_WITHIN / _FRAME)
        least = int(np.argmin(self._probabilities[first:last][::-1]))
        return (self._gone + last - 1 - least) * _FRAME

    def _piece(self, start: float, end: float, *, until: float) -> tuple[FloatArray, Times, Times]:
        gone = self._gone * FRAME
        first = max(round((start - _PAD) * RATE), self._taken, gone)
        last = min(round(min(end + _PAD, until) * RATE), gone + len(self._samples))
        self._taken, self._decided = last, round(end / _FRAME)
        samples = self._samples[first - gone : last - gone]
        offset = first / RATE
        # The last frame of voice activity may reach beyond the end of the recording.
        inside = sharpened(samples, (start - offset, min(end, last / RATE) - offset))
        times = (round(offset, 6), round(last / RATE, 6))
        return samples, times, (round(offset + inside[0], 6), round(offset + inside[1], 6))

    def _forget(self, before: float) -> None:
        """Drop what no piece can need any more."""
        frames = min(max(0, int((before - 2 * _PAD) / _FRAME) - self._gone), len(self._probabilities))
        self._samples = self._samples[frames * FRAME :]
        self._probabilities = self._probabilities[frames:]
        self._gone += frames
        self._decided = max(self._decided, self._gone)

"""Sounds that are no words: that they are heard, when, how loud, and whether they have a pitch.

Laughter, sobs, sighs, applause and music are not told from one another, as nothing here has learnt them. What
can be measured is told: a ``voice`` in which no words were understood; beside voices, ``tones`` whose pitch
stays for a while (music, a siren, a dial tone), ``noise`` without any pitch (applause, rain, wind), or just a
``sound``. A background that goes on evenly is none of these.

References:
    Johnston (1988), "Transform coding of audio signals using perceptual noise criteria", IEEE Journal on
    Selected Areas in Communications 6(2): spectral flatness.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from tongli.core import FloatArray, HeardSound, SoundKind, Times, Waveform
from tongli.encoders.audio.decode import RATE
from tongli.encoders.audio.voice import FRAME, Voice, times_of

Runs = NDArray[np.bool_]

_SECOND = RATE / FRAME
"""Frames of 32 ms."""
_LEAST = 1.0
"""Seconds of a sound that is told."""
_LEAST_VOICE = 0.7
_JOIN = 0.5
"""Seconds of quiet within one sound."""
_MARGIN = 0.3
"""Seconds beside words and voices that belong to them."""
_BELOW_SPEECH = 20.0
"""Decibels below the voices down to which a sound is worth telling."""
_QUIETEST = -55.0
"""dBFS under which nothing is told, where nobody speaks."""
_ABOVE = 6.0
"""Decibels above what is heard in the dips of the voices: the rest is a background."""
_GROUP = 4
"""Frames in which pitch is looked for together: 128 ms, so that the notes of a chord are apart."""
_BAND = (40.0, 6000.0)
"""Hertz in which pitch is looked for."""
_AROUND = 12
"""Bins of 8 Hz on both sides, above whose median a peak stands out."""
_BINS = np.arange(round(_BAND[0] * _GROUP * FRAME / RATE), round(_BAND[1] * _GROUP * FRAME / RATE))
_TONES, _NOISE = 0.3, 0.06
"""Share of the power in steady peaks from which on, and up to which, a sound is called so."""


@dataclass(frozen=True, slots=True)
class _Frames:
    """Probabilities of a voice and levels in dBFS of frames, and steady shares of power of groups of them."""

    voiced: FloatArray
    levels: FloatArray
    steady: FloatArray


class Sounds:
    """Listens to a recording block by block; a frame of 32 ms takes 12 bytes."""

    def __init__(self, voice: Voice) -> None:
        self._listener = voice.listen()
        self._voiced: list[FloatArray] = []
        self._levels: list[FloatArray] = []
        self._steady: list[FloatArray] = []
        self._held = np.zeros(0, np.float32)
        self._before = np.zeros((1, len(_BINS)), np.float32)

    def passing(self, blocks: Iterable[Waveform]) -> Iterator[Waveform]:
        """The blocks as they come, heard on their way."""
        for block in blocks:
            self._hear(block.samples)
            yield block

    def found(self, words: Sequence[Times] | None = None) -> tuple[HeardSound, ...]:
        """What was heard up to here, in order.

        Args:
            words: seconds at which words were understood; left out, nobody has listened for words, and no
                voice is told.
        """
        frames = self._frames()
        speech = times_of(frames.voiced)
        covered = _within(speech, len(frames.levels), margin=_MARGIN)
        least = _least(frames.levels[covered])
        others = _others(frames, ~covered, least=least)
        voices = () if words is None else _voices(frames, speech, words)
        return tuple(sorted([*voices, *others], key=lambda sound: sound.times))

    def _hear(self, samples: FloatArray) -> None:
        self._voiced.append(self._listener(samples))
        samples = np.concatenate([self._held, samples])
        whole = len(samples) // (_GROUP * FRAME) * _GROUP * FRAME
        self._held = samples[whole:]
        if whole:
            frames = samples[:whole].reshape(-1, FRAME)
            power = np.mean(np.square(frames, dtype=np.float64), axis=1)
            self._levels.append(np.asarray(10 * np.log10(power + 1e-12), np.float32))
            self._steady.append(self._steadiness(frames.reshape(-1, _GROUP * FRAME)))

    def _steadiness(self, groups: FloatArray) -> FloatArray:
        """Share of the power of each group that stands out at the same pitches as in the one before, 0..1."""
        spectra = np.abs(np.fft.rfft(groups * np.hanning(groups.shape[1]))).astype(np.float32) ** 2
        peaks = np.concatenate([self._before, _peaks(spectra[:, _BINS])])
        self._before = peaks[-1:]
        return np.asarray(np.minimum(peaks[1:], peaks[:-1]).sum(axis=1), np.float32)

    def _frames(self) -> _Frames:
        voiced, levels, steady = (
            np.concatenate([np.zeros(0, np.float32), *parts])
            for parts in (self._voiced, self._levels, self._steady)
        )
        return _Frames(voiced[: len(levels)], levels, steady)


def _peaks(power: FloatArray) -> FloatArray:
    """Shares of the power of a group, where it is well above that of the pitches around it; else 0."""
    total = power.sum(axis=1, keepdims=True) + 1e-12
    wide = np.pad(power, ((0, 0), (_AROUND, _AROUND)), mode="reflect")
    around = np.median(sliding_window_view(wide, 2 * _AROUND + 1, axis=1), axis=-1)
    return np.asarray(np.where(power > 8 * around, power / total, 0), np.float32)


def _within(times: Sequence[Times], frames: int, *, margin: float) -> Runs:
    """Which frames lie in or beside some times."""
    found = np.zeros(frames, bool)
    for start, end in times:
        found[max(0, int((start - margin) * _SECOND)) : int(np.ceil((end + margin) * _SECOND))] = True
    return found


def _least(voices: FloatArray) -> float:
    """From which level on, in dBFS, a sound beside these levels of voices is told."""
    if not len(voices):
        return _QUIETEST
    loud, background = np.percentile(voices, [75, 10])
    return max(_QUIETEST, float(loud) - _BELOW_SPEECH, float(background) + _ABOVE)


def _voices(frames: _Frames, speech: Sequence[Times], words: Sequence[Times]) -> Iterator[HeardSound]:
    """Voices without words."""
    worded = _within(words, len(frames.levels), margin=_MARGIN)
    heard = _within(speech, len(frames.levels), margin=0.0) & ~worded
    for first, last in _stretches(heard, joined=0.0, least=_LEAST_VOICE):
        yield _sound("voice", frames, first, last, sure=float(frames.voiced[first:last].mean()))


def _others(frames: _Frames, quiet: Runs, *, least: float) -> Iterator[HeardSound]:
    """What is heard where nobody speaks."""
    for first, last in _stretches(quiet & (frames.levels >= least), joined=_JOIN, least=_LEAST):
        groups = frames.steady[-(-first // _GROUP) : max(last // _GROUP, -(-first // _GROUP) + 1)]
        sure = 1 - float(frames.voiced[first:last].mean())
        yield _sound(_kind(float(groups.mean())), frames, first, last, sure=sure)


def _kind(steady: float) -> SoundKind:
    if steady >= _TONES:
        return "tones"
    return "noise" if steady <= _NOISE else "sound"


def _sound(kind: SoundKind, frames: _Frames, first: int, last: int, *, sure: float) -> HeardSound:
    power = float(np.mean(10 ** (frames.levels[first:last].astype(np.float64) / 10)))
    return HeardSound(
        kind=kind,
        times=(first / _SECOND, last / _SECOND),
        level=10 * float(np.log10(power)),
        confidence=min(1.0, max(0.0, sure)),
    )


def _stretches(frames: Runs, *, joined: float, least: float) -> Iterator[tuple[int, int]]:
    """Runs of frames, over short gaps, that last long enough."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], frames, [False]]).astype(np.int8)))
    runs: list[tuple[int, int]] = []
    for first, last in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if runs and first - runs[-1][1] <= joined * _SECOND:
            runs[-1] = (runs[-1][0], last)
        else:
            runs.append((first, last))
    return ((first, last) for first, last in runs if last - first >= least * _SECOND)

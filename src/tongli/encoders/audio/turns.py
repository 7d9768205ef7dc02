"""Where somebody else starts to speak: at a pause or after a sentence, when the voice sounds unlike before.

Voices are compared by the mean cepstra of the speech on both sides, in units of their spread. That tells
voices apart, not people: nobody is identified, and nothing is kept. The threshold was set on joined clips of
the training speakers of three corpora, where three of four turns told are right; see benchmarks/asr.py for
a conversation.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from tongli.core import FloatArray, TranscriptWord
from tongli.encoders.audio.mel import whisper_mel
from tongli.encoders.audio.windows import Window

UNLIKE = 0.64
"""Distance from which on two voices are taken for two."""
_GAP = 0.1
"""Seconds of silence at which a turn may start."""
_LEAST, _MOST = 0.7, 3.0
"""Seconds of speech that are compared on each side."""
_CEPSTRA = 20
_QUIET = 0.3
"""Share of the frames that are left out, as they hold no voice."""
_ENDS = ".!?…。！？।؟"


class Turns:
    """Turns in one recording, window by window."""

    def __init__(self) -> None:
        self._before = np.zeros((0, _CEPSTRA), np.float32)

    def in_window(self, words: Sequence[TranscriptWord], window: Window) -> set[int]:
        """Indices of the words, of those placed in the window, at which another voice starts."""
        if not words:
            return set()
        voice = _cepstra(window.samples)
        starts = [at for at in range(1, len(words)) if _may_turn(words[at - 1], words[at])]
        bounds = [0, *(self._frame(words[at], window) for at in starts), len(voice)]
        parts = [voice[start:stop] for start, stop in pairwise(bounds)]
        found = {
            at
            for at, left, right in zip([0, *starts], [self._before, *parts], parts, strict=False)
            if _unlike(left[-round(100 * _MOST) :], right[: round(100 * _MOST)])
        }
        self._before = parts[-1]
        return found

    def skip(self, window: Window) -> None:
        """Pass over a window whose words are known from an earlier run."""
        self._before = _cepstra(window.samples)

    @staticmethod
    def _frame(word: TranscriptWord, window: Window) -> int:
        """The frame of the window in which a word starts."""
        piece = next(
            p for p in reversed(window.pieces) if p.times[0] <= word.times[0] or p is window.pieces[0]
        )
        return round(100 * (word.times[0] - piece.times[0] + piece.at))


def _may_turn(last: TranscriptWord, word: TranscriptWord) -> bool:
    return word.times[0] - last.times[1] >= _GAP or last.text.strip()[-1:] in _ENDS


def _unlike(left: FloatArray, right: FloatArray) -> bool:
    if min(len(left), len(right)) < 100 * _LEAST:
        return False
    one, other = _voiced(left), _voiced(right)
    spread = (one.var(axis=0) + other.var(axis=0)) / 2 + 1e-3
    distance = np.sqrt(np.mean((one.mean(axis=0) - other.mean(axis=0)) ** 2 / spread))
    return bool(distance > UNLIKE)


def _voiced(cepstra: FloatArray) -> FloatArray:
    """Frames that are loud enough to hold a voice, without their loudness."""
    loud = cepstra[:, 0] > np.quantile(cepstra[:, 0], _QUIET)
    return cepstra[loud, 1:]


def _cepstra(samples: FloatArray) -> FloatArray:
    """Shape ``(frames, 20)``, 100 a second: the cosine transform of the log-mel spectrum."""
    mel = whisper_mel(samples)
    bands = mel.shape[1]
    at = np.arange(bands) + 0.5
    basis = np.cos(np.pi / bands * np.outer(np.arange(_CEPSTRA), at)) * np.sqrt(2 / bands)
    return np.asarray(mel @ basis.T, dtype=np.float32)

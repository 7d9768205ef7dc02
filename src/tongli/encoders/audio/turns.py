"""Where somebody else starts to speak: at a word whose voice sounds unlike that of the word before.

The cepstra of a window's speech are grouped by voice, word by word; a change is dear inside a phrase and
cheap at a pause or after a sentence. That tells voices apart, not people: nobody is identified, and nothing
is kept but the last seconds of the window before. Everything was set on conversations joined from clips of
the training speakers of three corpora: see benchmarks/turns.py, and benchmarks/asr.py for a real one.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tongli.core import FloatArray, TranscriptWord
from tongli.encoders.audio.mel import whisper_mel
from tongli.encoders.audio.voice_groups import Rows, groups
from tongli.encoders.audio.windows import Window

_GAP = 0.1
"""Seconds of silence at which a phrase ends."""
_CHEAP, _DEAR = 10.0, 40.0
"""What a change of voice costs between phrases and inside them, in units of log-likelihood."""
_MOST = 300
"""Frames, hundredths of a second, kept of the window before."""
_CEPSTRA = 20
_QUIET = 0.2
"""Share of the frames that are left out, as they hold no voice."""
_ENDS = ".!?…。！？।؟"


class Turns:
    """Turns in one recording, window by window."""

    def __init__(self) -> None:
        self._before = np.zeros((0, _CEPSTRA - 1), np.float32)

    def in_window(self, words: Sequence[TranscriptWord], window: Window) -> set[int]:
        """Indices of the words, of those placed in the window, at which another voice starts."""
        if not words:
            return set()
        cepstra = _cepstra(window.samples)
        loud = cepstra[:, 0] > np.quantile(cepstra[:, 0], _QUIET)
        before = len(self._before)
        frames = np.concatenate([self._before, cepstra[:, 1:]])
        spoken = [before + _voiced(word, window, loud) for word in words]
        costs = [_CHEAP if _may_turn(*pair) else _DEAR for pair in pairwise(words)]
        found = groups(frames, [np.arange(before), *spoken], [_CHEAP, _CHEAP, *costs])
        last = [rows for rows, own in zip(spoken, found[1:], strict=True) if own == found[-1]]
        self._before = frames[np.concatenate(last)[-_MOST:]]
        first = 0 if before else 1
        return {at for at in range(first, len(words)) if found[at + 1] != found[at]}

    def skip(self, window: Window) -> None:
        """Pass over a window whose words are known from an earlier run."""
        self._before = _cepstra(window.samples)[-_MOST:, 1:]


def _may_turn(last: TranscriptWord, word: TranscriptWord) -> bool:
    return word.times[0] - last.times[1] >= _GAP or last.text.strip()[-1:] in _ENDS


def _voiced(word: TranscriptWord, window: Window, loud: NDArray[np.bool_]) -> Rows:
    """Frames of the window in which a word is loud enough to hold a voice."""
    start, end = word.times
    piece = next(p for p in reversed(window.pieces) if p.times[0] <= start or p is window.pieces[0])
    first, last = (round(100 * (at - piece.times[0] + piece.at)) for at in (start, end))
    rows: Rows = np.arange(max(0, first), min(max(last, first + 1), len(loud)))
    return rows[loud[rows]]


def _cepstra(samples: FloatArray) -> FloatArray:
    """Shape ``(frames, 20)``, 100 a second: the cosine transform of the log-mel spectrum."""
    mel = whisper_mel(samples)
    bands = mel.shape[1]
    at = np.arange(bands) + 0.5
    basis = np.cos(np.pi / bands * np.outer(np.arange(_CEPSTRA), at)) * np.sqrt(2 / bands)
    return np.asarray(mel @ basis.T, dtype=np.float32)

"""What Whisper invents: text over silence, loops, and words of no confidence are cut.

The figures of compression and log-probability are those of Radford et al. 2022, section 4.5.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from tongli.core import Times, TranscriptWord

COMPRESSION = 2.4
"""Text that compresses better than this repeats itself."""
_LEAST_LOG_PROBABILITY = -1.0
_NO_SPEECH = 0.6
_HOPELESS = -1.7
"""Mean log-probability below which nothing was understood, speech or not."""
_REACH = 0.3
"""Seconds by which a word may miss the detected speech."""
_REPEATS = 3
"""A phrase is said at most so many times in a row before the rest counts as a loop."""
_PHRASE = 12
"""Words of the longest phrase that is looked for."""


def believable(*, log_probability: float, no_speech: float) -> bool:
    """Whether a decoded segment can be speech that was understood.

    Args:
        log_probability: mean of its tokens.
        no_speech: 0..1, the model's own doubt that anybody speaks.
    """
    doubted = no_speech > _NO_SPEECH and log_probability < _LEAST_LOG_PROBABILITY
    return not doubted and log_probability >= _HOPELESS


def loops(text: str) -> bool:
    """Whether a text repeats itself more than language does."""
    data = text.encode()
    return len(data) / len(zlib.compress(data)) > COMPRESSION


def spoken(words: Sequence[TranscriptWord], speech: Sequence[Times]) -> list[TranscriptWord]:
    """The words that lie in detected speech, or next to it."""
    return [word for word in words if any(_near(word.times, times) for times in speech)]


def without_repeats(words: Sequence[TranscriptWord]) -> list[TranscriptWord]:
    """The words, with a phrase that is said over and over said at most three times."""
    kept = list(words)
    for size in range(1, _PHRASE + 1):
        kept = _once(kept, size)
    return kept


def _once(words: list[TranscriptWord], size: int) -> list[TranscriptWord]:
    kept: list[TranscriptWord] = []
    for word in words:
        kept.append(word)
        tail = [_plain(item) for item in kept[-size * (_REPEATS + 1) :]]
        if len(tail) == size * (_REPEATS + 1) and tail == tail[:size] * (_REPEATS + 1):
            del kept[-size:]
    return kept


def _plain(word: TranscriptWord) -> str:
    return "".join(char for char in word.text.casefold() if char.isalnum())


def _near(word: Times, speech: Times) -> bool:
    return word[0] < speech[1] + _REACH and word[1] > speech[0] - _REACH

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
"""How often a phrase is said in a row before further ones have to be borne out by their times."""
_MANY = 12
"""Nobody says it more often than that."""
_INSTANT, _BRISK = 0.06, 0.12
"""Seconds of the shortest word and of the mean one in a phrase that somebody said again: in a loop the
attention stands still, and words last no time at all. No segment has words that are shorter in the mean than
the shortest one here: what is made up after the end of the speech has no time either."""
_SURE = 0.7
"""Mean probability of words that are heard at the second time only."""
_GUESSED = 0.2
"""Mean probability below which words are a guess."""
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
    """The words; of a phrase in a row, after the third only what took time, and none after the twelfth."""
    kept = [word for word in words if not loops(word.text)]
    for size in range(1, _PHRASE + 1):
        kept = _once(kept, size)
    return kept


def understood(words: Sequence[TranscriptWord]) -> bool:
    """Whether the words of a segment are more than a guess at a cough or a laugh.

    A word that was said before in the segment does not count: Whisper is sure of what it repeats.
    """
    first: dict[str, float] = {}
    for word in words:
        first.setdefault(plain(word), word.confidence)
    return not first or sum(first.values()) / len(first) >= _GUESSED


def sure(words: Sequence[TranscriptWord]) -> bool:
    """Whether words that were left out at first are to be believed."""
    return bool(words) and sum(word.confidence for word in words) / len(words) >= _SURE


def took_time(words: Sequence[TranscriptWord]) -> bool:
    """Whether the words of a segment last long enough for anybody to have said them."""
    return lasting(words) >= _INSTANT * len(words)


def lasting(words: Sequence[TranscriptWord]) -> float:
    """Seconds that the words take, without those between them."""
    return sum(word.times[1] - word.times[0] for word in words)


def plain(word: TranscriptWord) -> str:
    """Its letters and digits, in lower case."""
    return "".join(char for char in word.text.casefold() if char.isalnum())


def _once(words: list[TranscriptWord], size: int) -> list[TranscriptWord]:
    kept: list[TranscriptWord] = []
    for word in words:
        kept.append(word)
        doubted = _in_a_row(kept, size, _REPEATS + 1) and not _unhurried(kept[-size:])
        if doubted or _in_a_row(kept, size, _MANY + 1):
            del kept[-size:]
    return kept


def _in_a_row(words: Sequence[TranscriptWord], size: int, times: int) -> bool:
    """Whether the words end with a phrase of some size that is said so many times."""
    tail = [plain(item) for item in words[-size * times :]]
    return len(tail) == size * times and tail == tail[:size] * times


def _unhurried(words: Sequence[TranscriptWord]) -> bool:
    shortest = min(word.times[1] - word.times[0] for word in words)
    return shortest >= _INSTANT and lasting(words) >= _BRISK * len(words)


def _near(word: Times, speech: Times) -> bool:
    return word[0] < speech[1] + _REACH and word[1] > speech[0] - _REACH

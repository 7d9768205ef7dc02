"""What the voice shows while each segment is said, as tags for subtitles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np

from tongli.applications.subtitles.cue import Tag
from tongli.core import FloatArray, Times, TranscriptSegment, Waveform
from tongli.emotion.speech import SpeechEmotion
from tongli.encoders.audio.voice_encoder import VoiceEncoder

_PLAIN = frozenset({"neutral", "calm"})
"""What needs no tag."""

_RATE = 16_000
_MARGIN = 0.1
"""Seconds before and after a segment that are heard with it."""


def tags_of(
    sound: Iterable[Waveform],
    segments: Sequence[TranscriptSegment],
    *,
    voices: VoiceEncoder,
    emotion: SpeechEmotion,
    progress: Callable[[float], None] = lambda _: None,
) -> list[Tag | None]:
    """For each segment the emotion that the voice shows, ``None`` where nothing is sure or worth a tag.

    A segment is heard by itself, as those around it may be said in another mood.

    Args:
        sound: blocks of 16 kHz in order, as :func:`tongli.encoders.audio.blocks` gives them.
        segments: of its transcript, in order.
        voices, emotion: the models.
        progress: called after each segment with the second at which it ends.

    Raises:
        TongliError: the sound or the models cannot be read.
    """
    found = []
    times = [segment.times for segment in segments]
    for part, (_, end) in zip(stretches(sound, times), times, strict=True):
        found.append(_tag(part, voices=voices, emotion=emotion))
        progress(end)
    return found


def stretches(sound: Iterable[Waveform], times: Sequence[Times]) -> Iterator[FloatArray]:
    """The samples of each of some times, with a margin; no more than a stretch and a block are held.

    Args:
        sound: blocks in order.
        times: in the order of their starts.
    """
    blocks, held, first = iter(sound), np.zeros(0, np.float32), 0
    for start, end in times:
        left, right = (max(0, round(at * _RATE)) for at in (start - _MARGIN, end + _MARGIN))
        while first + len(held) < right and (block := next(blocks, None)) is not None:
            held = np.concatenate([held, block.samples])
            passed = min(max(0, left - first), len(held))
            held, first = held[passed:], first + passed
        yield held[max(0, left - first) : max(0, right - first)]


def _tag(samples: FloatArray, *, voices: VoiceEncoder, emotion: SpeechEmotion) -> Tag | None:
    reading = emotion.read(voices.encode(Waveform(samples=samples)))
    label = reading.label
    return None if label is None or label in _PLAIN else Tag(label, reading.scores[label])

"""Transcripts as text, as JSON, and as the timed words that subtitles are made of."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import zip_longest

from tongli.applications.subtitles.cue import Tag
from tongli.applications.subtitles.words import TimedWord, sounding, with_sounds
from tongli.core import HeardSound, Transcript, TranscriptWord


def as_text(transcript: Transcript) -> str:
    """A segment a line; an empty line where somebody else starts to speak."""
    lines = [("\n" if item.turn and at else "") + item.text for at, item in enumerate(transcript.segments)]
    return "".join(f"{line}\n" for line in lines)


def as_json(transcript: Transcript, *, words: bool) -> str:
    """One JSON object; with ``words`` also what ``tongli subtitle`` reads as timed words."""
    return json.dumps(transcript.to_dict(words=words), ensure_ascii=False, indent=1) + "\n"


def timed_words(
    transcript: Transcript, *, emotions: Sequence[Tag | None] = (), sounds: bool = False
) -> list[TimedWord]:
    """The words for the subtitle solver, which breaks and times them.

    Args:
        transcript: what was heard.
        emotions: how each of its segments is said; nothing by default.
        sounds: whether sounds that are no words come along, for labels; for 3 s of each at most.
    """
    spaced = any(word.text[:1].isspace() for word in transcript.words)
    words = [
        _timed(word, spaced=spaced, turn=segment.turn and not at, emotion=emotion)
        for segment, emotion in zip_longest(transcript.segments, emotions)
        for at, word in enumerate(segment.words)
    ]
    return with_sounds(words, [_sounding(sound) for sound in transcript.sounds] if sounds else [])


def _sounding(sound: HeardSound) -> TimedWord:
    start, end = (round(1000 * seconds) for seconds in sound.times)
    return sounding(sound.kind, start=start, end=end, confidence=sound.confidence)


def _timed(word: TranscriptWord, *, spaced: bool, turn: bool, emotion: Tag | None) -> TimedWord:
    start, end = (round(1000 * seconds) for seconds in word.times)
    glue = (" " if word.text[:1].isspace() else "") if spaced else None
    text = " ".join(word.text.split())
    return TimedWord(text=text, start=start, end=end, glue=glue, turn=turn, emotion=emotion)

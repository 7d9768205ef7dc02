"""Transcripts as text and as timed words."""

from __future__ import annotations

import json

from tongli.applications.recordings.feelings import tags_of
from tongli.applications.recordings.texts import as_json, as_text, timed_words
from tongli.applications.subtitles.cue import Tag
from tongli.applications.subtitles.words import parse_words
from tongli.core import ChannelReading, Language, Moment, Transcript, TranscriptSegment, TranscriptWord


def segment(text, start, *, turn=False):
    words = tuple(
        TranscriptWord(text=f" {word}", times=(start + at / 2, start + at / 2 + 0.4), confidence=0.9)
        for at, word in enumerate(text.split())
    )
    return TranscriptSegment(words=words, turn=turn)


def transcript(*segments):
    return Transcript(language=Language(tag="en", score=0.9), segments=segments, seconds=9.0, source="tiny")


TALK = transcript(segment("Is it late?", 0.5), segment("Not yet.", 3.0, turn=True))


def test_a_turn_starts_a_paragraph():
    assert as_text(TALK) == "Is it late?\n\nNot yet.\n"
    assert as_text(transcript()) == ""


def test_words_go_to_subtitles_by_file_or_directly():
    direct = timed_words(TALK)
    assert [word.text for word in direct] == ["Is", "it", "late?", "Not", "yet."]
    assert [word.turn for word in direct] == [False, False, False, True, False]
    assert (direct[0].start, direct[0].end, direct[1].glue) == (500, 900, " ")
    filed = parse_words(as_json(TALK, words=True))
    assert [(w.text, w.start, w.end, w.glue) for w in filed[1:]] == [
        (w.text, w.start, w.end, w.glue) for w in direct[1:]
    ]
    assert "words" not in json.loads(as_json(TALK, words=False))


def moment(start, end, label, score):
    return Moment(times=(start, end), scores={"angry": score, "neutral": 1 - score}, label=label)


def test_emotions_are_told_where_every_moment_is_sure():
    segments = (segment("Go away now", 0.0), segment("Please stay here", 4.0), segment("Fine then", 8.0))
    moments = (
        moment(0.0, 3.0, "angry", 0.9),
        moment(4.0, 4.7, "angry", 0.9),
        moment(4.7, 7.0, None, 0.5),
        moment(8.0, 9.0, "neutral", 0.1),
    )
    scores = {"angry": 0.5, "neutral": 0.5}
    reading = ChannelReading(channel="speech", scores=scores, moments=moments)
    assert tags_of(segments, reading) == [Tag("angry", 0.9), None, None]
    assert tags_of(segments, ChannelReading(channel="speech", reason="no speech")) == [None] * 3
    words = timed_words(transcript(*segments), emotions=tags_of(segments, reading))
    assert [word.emotion is not None for word in words] == [True] * 3 + [False] * 5

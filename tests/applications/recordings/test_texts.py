"""Transcripts as text and as timed words."""

from __future__ import annotations

import json

from tongli.applications.recordings.texts import as_json, as_text, timed_words
from tongli.applications.subtitles.cue import Tag
from tongli.applications.subtitles.words import parse_words
from tongli.core import HeardSound, Language, Transcript, TranscriptSegment, TranscriptWord


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


def test_a_segment_says_how_all_its_words_are_said():
    talk = transcript(segment("Go away now", 0.0), segment("Fine then", 8.0))
    words = timed_words(talk, emotions=[Tag("angry", 0.9), None])
    assert [word.emotion is not None for word in words] == [True] * 3 + [False] * 2


def test_sounds_come_along_when_asked_for_and_not_for_long():
    heard = HeardSound(kind="tones", times=(2.0, 60.0), level=-20.0, confidence=0.9)
    talk = Transcript(
        language=TALK.language, segments=TALK.segments, seconds=60.0, source="tiny", sounds=(heard,)
    )
    assert all(word.text for word in timed_words(talk))
    words = timed_words(talk, sounds=True)
    assert [word.text for word in words] == ["Is", "it", "late?", "", "Not", "yet."]
    assert (words[3].start, words[3].end, words[3].sound) == (2000, 5000, Tag("tones", 0.9))


def test_sounds_go_to_subtitles_by_file_too():
    heard = HeardSound(kind="noise", times=(2.0, 60.0), level=-20.0, confidence=0.9)
    talk = Transcript(
        language=TALK.language, segments=TALK.segments, seconds=60.0, source="tiny", sounds=(heard,)
    )
    filed = parse_words(as_json(talk, words=True))
    direct = timed_words(talk, sounds=True)
    assert [(w.text, w.start, w.end, w.sound) for w in filed] == [
        (w.text, w.start, w.end, w.sound) for w in direct
    ]

"""Names before the words become speakers, and stay where they are in a translation."""

from __future__ import annotations

from tongli.applications.subtitles.files import parse
from tongli.applications.subtitles.limits import limits
from tongli.applications.subtitles.make import words_of
from tongli.applications.subtitles.speakers import with_speakers
from tongli.applications.subtitles.translated import translated

SDH = """1
00:00:01,000 --> 00:00:03,000
ANNA: Come in, Ben!

2
00:00:03,200 --> 00:00:05,000
It is warm here.

3
00:00:05,200 --> 00:00:08,000
- BEN: Thank you.
- <i>DR. KLEIN:</i> And me?
"""


def words(text):
    return words_of(parse(text), limits("en"))


def test_names_become_speakers():
    found = with_speakers(words(SDH))
    assert [(word.label, word.speaker) for word in found if word.label] == [
        ("ANNA:", "ANNA"),
        ("BEN:", "BEN"),
        ("DR. KLEIN:", "DR. KLEIN"),
    ]
    assert {word.speaker for word in found if word.text in {"It", "here."}} == {"ANNA"}
    assert " ".join(word.text for word in found) == "Come in, Ben! It is warm here. Thank you. And me?"
    assert [word.text for word in found if word.turn] == ["Come", "Thank", "And"]


def test_what_is_no_name():
    for text in (
        "1\n00:00:01,000 --> 00:00:03,000\nWARNING: do not enter.\n",
        "1\n00:00:01,000 --> 00:00:03,000\nOne: go.\n\n2\n00:00:03,500 --> 00:00:05,000\nTwo: stay.\n",
        "1\n00:00:01,000 --> 00:00:03,000\nANNA:\n\n2\n00:00:03,500 --> 00:00:05,000\nBEN:\n",
    ):
        assert with_speakers(words(text)) == words(text)


def test_a_turn_without_a_name_is_somebody_else():
    found = with_speakers(words(SDH + "\n4\n00:00:09,000 --> 00:00:11,000\n- And who are you?\n- Nobody.\n"))
    assert {word.speaker for word in found if word.start >= 9000} == {None}


def test_names_stay_in_a_translation():
    asked = []

    def translate(sentences):
        asked.extend((sentence.speaker, sentence.text) for sentence in sentences)
        return [sentence.text.upper() for sentence in sentences]

    track = translated(words(SDH), translate, limits("de"))
    assert asked[0] == ("ANNA", "Come in, Ben!")
    assert ("BEN", "Thank you.") in asked
    text = "\n".join(cue.text for cue in track.cues)
    assert "ANNA: COME IN, BEN!" in text.replace("\n", " ")
    assert "BEN: THANK YOU." in text

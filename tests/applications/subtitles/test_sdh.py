"""Labels: what is shown, and that doubt shows nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.applications.subtitles.cue import Cue, Tag
from tongli.applications.subtitles.sdh import label, labelled, rendered, shown
from tongli.applications.subtitles.words import TimedWord


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_tag_below_its_confidence_is_not_shown(sure, confidence):
    assert shown(Tag("laughs", sure), confidence=confidence) == ("[laughs]" if sure >= confidence else "")


@pytest.mark.parametrize(
    ("speaker", "emotion", "sound", "expected"),
    [
        (None, None, None, ""),
        ("ANNA", None, None, "ANNA:"),
        ("ANNA", Tag("angry", 0.9), Tag("laughs", 0.9), "[laughs] ANNA: [angry]"),
        (None, Tag("angry", 0.79), Tag("laughs", 0.8), "[laughs]"),
    ],
)
def test_labels(speaker, emotion, sound, expected):
    assert label(speaker, emotion, sound) == expected
    cue = Cue(start=0, end=1, text="Go.", speaker=speaker, emotion=emotion, sound=sound)
    assert rendered(cue) == f"{expected} Go.".strip()


def test_an_emotion_is_told_when_it_changes():
    sad, glad = Tag("sad", 0.9), Tag("glad", 0.9)
    words = [
        TimedWord(text=str(at), start=at, end=at, emotion=felt)
        for at, felt in enumerate([None, sad, sad, None, glad, sad])
    ]
    assert [word.label for word in labelled(words)] == ["", "[sad]", "", "", "[glad]", "[sad]"]


def test_own_labels_are_told_in_the_language_of_the_words():
    words = [
        TimedWord(text="", start=0, end=900, sound=Tag("tones", 0.9)),
        TimedWord(text="Ja.", start=900, end=1500, emotion=Tag("angry", 0.9), sound=Tag("Tür knallt", 0.9)),
    ]
    assert [word.label for word in labelled(words, lang="de-AT")] == ["[Töne]", "[Tür knallt] [wütend]"]
    assert [word.label for word in labelled(words)] == ["[tones]", "[Tür knallt] [angry]"]

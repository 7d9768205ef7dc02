"""Timed words in."""

from __future__ import annotations

import json

import pytest

from tongli.applications.subtitles.cue import Tag
from tongli.applications.subtitles.limits import limits
from tongli.applications.subtitles.solve import solve
from tongli.applications.subtitles.words import parse_words
from tongli.core import InputError


def test_everything_that_a_word_may_say():
    (word,) = parse_words(
        json.dumps(
            {
                "words": [
                    {
                        "word": " Hi ",
                        "start": 0.5,
                        "end": 1,
                        "speaker": "A",
                        "emotion": {"label": "happy", "confidence": 0.7},
                        "sound": None,
                    }
                ]
            }
        )
    )
    assert (word.text, word.start, word.end, word.speaker) == ("Hi", 500, 1000, "A")
    assert (word.emotion, word.sound, word.glue) == (Tag("happy", 0.7), None, None)


def test_leading_spaces_say_where_words_are_parted():
    told = [
        {"word": word, "start": at, "end": at + 1}
        for at, word in enumerate([" It", "'s", " 5", " 000", " €"])
    ]
    (cue,) = solve(parse_words(json.dumps(told)), limits("en"))
    assert cue.text == "It's 5 000 €"


@pytest.mark.parametrize(
    "told",
    [
        "",
        "{",
        "3",
        '{"text": []}',
        "[1]",
        '[{"word": 1, "start": 0, "end": 1}]',
        '[{"word": "a", "start": 0}]',
        '[{"word": "a", "start": "0", "end": 1}]',
        '[{"word": "a", "start": true, "end": 1}]',
        '[{"word": "a", "start": NaN, "end": 1}]',
        '[{"word": "a", "start": 2, "end": 1}]',
        '[{"word": "a", "start": -1, "end": 1}]',
        '[{"word": "a", "start": 0, "end": 1e9}]',
        '[{"word": "a", "start": 0, "end": 1, "speaker": 3}]',
        '[{"word": "a", "start": 0, "end": 1, "sound": {"label": "x"}}]',
        '[{"word": "a", "start": 0, "end": 1, "emotion": {"label": "x", "confidence": 2}}]',
        "[" * 100_000,
    ],
)
def test_words_that_are_none(told):
    with pytest.raises(InputError) as caught:
        parse_words(told)
    assert caught.value.code == "subtitles.words"

"""What was not said is not written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import TranscriptWord
from tongli.encoders.audio.guards import believable, loops, spoken, without_repeats


def words(text, *, start=0.0):
    return [
        TranscriptWord(text=f" {word}", times=(start + at, start + at + 0.9), confidence=0.9)
        for at, word in enumerate(text.split())
    ]


def said(found):
    return "".join(word.text for word in found).strip()


@pytest.mark.parametrize(
    ("log_probability", "no_speech", "expected"),
    [(-0.3, 0.1, True), (-0.3, 0.9, True), (-1.2, 0.3, True), (-1.2, 0.8, False), (-2.0, 0.0, False)],
)
def test_confidence(log_probability, no_speech, expected):
    assert believable(log_probability=log_probability, no_speech=no_speech) is expected


def test_loops_are_seen():
    assert loops("thank you " * 30)
    assert not loops(
        "The ferry leaves at nine, and whoever is late may take the bus along the shore instead."
    )
    assert not loops("")


def test_words_over_silence_are_dropped():
    found = spoken(words("one two three four"), [(0.0, 1.0), (3.2, 4.0)])
    assert said(found) == "one two four"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no no no no no no wait", "no no no wait"),
        ("go on go on go on go on go on now", "go on go on go on now"),
        ("Very very very good", "Very very very good"),
        ("", ""),
    ],
)
def test_repeats_are_cut(text, expected):
    assert said(without_repeats(words(text))) == expected


@given(st.lists(st.sampled_from("abc"), max_size=40))
def test_cutting_repeats_only_drops_and_is_stable(letters):
    given_words = words(" ".join(letters))
    kept = without_repeats(given_words)
    assert [word for word in given_words if word in kept] == kept
    assert len(kept) <= len(given_words)
    for at in range(len(kept) - 3):
        assert len({word.text for word in kept[at : at + 4]}) > 1

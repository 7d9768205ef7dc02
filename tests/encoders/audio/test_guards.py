"""What was not said is not written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import TranscriptWord
from tongli.encoders.audio.guards import (
    believable,
    loops,
    spoken,
    sure,
    took_time,
    understood,
    without_repeats,
)


def words(text, *, start=0.0, lasting=0.9, confidence=0.9):
    return [
        TranscriptWord(text=f" {word}", times=(start + at, start + at + lasting), confidence=confidence)
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
def test_repeats_that_took_no_time_are_cut(text, expected):
    assert said(without_repeats(words(text, lasting=0.02))) == expected
    assert said(without_repeats(words(text))) == text


def test_a_word_that_goes_on_for_ever_is_cut():
    assert said(without_repeats(words("well fu" + "hu" * 60))) == "well"


def test_made_up_words_take_no_time():
    assert took_time(words("No. No.", lasting=0.2))
    assert not took_time(words("Thank you very much.", lasting=0.03))


def test_a_guess_at_a_laugh_is_no_word_however_often_it_is_repeated():
    laugh = [*words("Ha", confidence=0.03), *words("ha ha!", start=1.0, confidence=0.9)]
    assert not understood(laugh)
    assert understood([*words("Oh", confidence=0.1), *words("come on!", start=1.0, confidence=0.6)])


@pytest.mark.parametrize(("confidence", "expected"), [(0.9, True), (0.5, False)])
def test_what_is_heard_later_must_be_sure(confidence, expected):
    assert sure(words("go on", confidence=confidence)) is expected
    assert not sure([])


@given(st.lists(st.sampled_from("abc"), max_size=60), st.sampled_from([0.02, 0.9]))
def test_cutting_repeats_only_drops_and_is_stable(letters, lasting):
    given_words = words(" ".join(letters), lasting=lasting)
    kept = without_repeats(given_words)
    assert [word for word in given_words if word in kept] == kept
    most = 3 if lasting < 0.1 else 12
    for at in range(len(kept) - most):
        assert len({word.text for word in kept[at : at + most + 1]}) > 1

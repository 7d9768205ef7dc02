"""Channels that contradict each other."""

from __future__ import annotations

import pytest

from tongli.core import Claim, Evidence, Language, Message, Reading
from tongli.emotion.fusion import conflicts


def words(*claims):
    return Reading(message=Message("x"), language=Language(tag="en", score=1.0), claims=claims)


def test_joyful_words_in_an_angry_voice(shows):
    evidence = (Evidence(span=(0, 1), weight=0.4),)
    joy = Claim(dimension="emotion", label="joy", score=0.9, scheme="ekman6", evidence=evidence)
    (claim,) = conflicts(words(joy), [shows("speech", "angry"), shows("text", "joy")])
    assert claim.label == "text:joy speech:anger"
    assert claim.reason == "the words show joy but the voice shows anger"
    assert claim.score > 0.6
    assert (claim.evidence, claim.source, claim.abstained) == (evidence, "fusion", False)


def test_every_pair_is_told_strongest_first(shows):
    found = conflicts(
        words(), [shows("face", "joy", share=0.7), shows("text", "joy"), shows("speech", "sad")]
    )
    assert [claim.label for claim in found] == ["text:joy speech:sadness", "speech:sadness face:joy"]


@pytest.mark.parametrize(
    ("text", "voice"), [("anger", "sad"), ("joy", "happy"), ("joy", "neutral"), ("surprise", "angry")]
)
def test_what_is_no_contradiction(shows, text, voice):
    assert conflicts(words(), [shows("text", text), shows("speech", voice)]) == ()


def test_a_channel_that_abstains_contradicts_nothing(shows):
    assert conflicts(words(), [shows("text", "joy", decided=False), shows("speech", "angry")]) == ()
    assert conflicts(words(), [shows("text", "joy"), shows("scene", "anger")]) == ()


@pytest.mark.parametrize(
    ("score", "voice", "told"), [(0.95, "angry", 1), (0.7, "angry", 0), (0.95, "sad", 0)]
)
def test_polite_words_in_an_angry_voice(shows, score, voice, told):
    polite = Claim(dimension="politeness", label="polite", score=score)
    plain = shows("text", "neutral", decided=False)
    found = conflicts(words(polite), [plain, shows("speech", voice)])
    assert [claim.label for claim in found] == ["text:polite speech:anger"] * told
    assert all(claim.reason == "the words are polite but the voice shows anger" for claim in found)

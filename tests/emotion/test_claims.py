from __future__ import annotations

import pytest

from tongli.core import Language
from tongli.emotion.card import Thresholds
from tongli.emotion.claims import claims_of, intensity_claims

ENGLISH = Language(tag="en", score=0.99)
UNSEEN = Language(tag="th", score=0.99)
UNSURE = Language(tag="en", score=0.3, abstained=True)


def test_labels_above_their_threshold_are_decided_strongest_first(make_card, row):
    values = {**row("joy", 0.8), "surprise": 0.95}
    claims = claims_of(make_card(), values, ENGLISH)
    assert [(claim.label, claim.score, claim.abstained) for claim in claims] == [
        ("surprise", 0.95, False),
        ("joy", 0.8, False),
    ]
    assert {claim.scheme for claim in claims} == {"ekman6"}


def test_a_near_miss_abstains_without_naming_a_label(make_card, row):
    (claim,) = claims_of(make_card(), row("fear", 0.45), ENGLISH)
    assert (claim.label, claim.abstained, claim.score) == (None, True, 0.45)
    assert "fear" in claim.reason


def test_a_calm_text_makes_no_claim(make_card, row):
    assert claims_of(make_card(), row(), ENGLISH) == []


def test_an_unsure_language_abstains_where_nothing_is_decided(make_card, row):
    (claim,) = claims_of(make_card(), row(), UNSURE)
    assert claim.abstained
    assert not claims_of(make_card(), row("joy"), UNSURE)[0].abstained


def test_a_language_has_its_own_threshold(make_card, row):
    card = make_card(thresholds=Thresholds(default=(0.5,) * 6, by_language={"pt-BR": (0.3,) * 6}))
    brazil = Language(tag="pt-BR", score=1, declared=True)
    assert claims_of(card, row("joy", 0.35), brazil)[0].label == "joy"
    assert claims_of(card, row("joy", 0.35), ENGLISH) == []


@pytest.mark.parametrize(
    ("values", "language", "label"),
    [
        ((0.1, 0.2, 0.7), ENGLISH, "positive"),
        ((0.34, 0.33, 0.33), ENGLISH, None),
        ((0.02, 0.43, 0.55), ENGLISH, "positive"),
        ((0.02, 0.43, 0.55), UNSEEN, None),
    ],
)
def test_sentiment_decides_only_when_probable_and_more_so_in_seen_languages(
    make_card, values, language, label
):
    card = make_card("sentiment")
    (claim,) = claims_of(card, dict(zip(card.labels, values, strict=True)), language)
    assert (claim.label, claim.abstained) == (label, label is None)


@pytest.mark.parametrize(("value", "label"), [(0.9, "polite"), (0.1, "impolite"), (0.55, None)])
def test_politeness_names_either_side_or_abstains(make_card, value, label):
    card = make_card("politeness", thresholds=Thresholds(default=(0.6,)))
    (claim,) = claims_of(card, {"polite": value}, ENGLISH)
    assert (claim.label, claim.abstained) == (label, label is None)
    if label:
        assert claim.score == pytest.approx(0.9)


def test_politeness_abstains_outside_its_languages(make_card):
    (claim,) = claims_of(make_card("politeness"), {"polite": 0.99}, UNSEEN)
    assert claim.abstained
    assert "en" in claim.reason


def test_regressions_abstain_outside_their_languages(make_card):
    card = make_card("empathy")
    assert claims_of(card, {"empathy": 4.2}, ENGLISH)[0].score == 4.2
    assert claims_of(card, {"empathy": 4.2}, UNSEEN)[0].abstained


def test_intensities_follow_decided_emotions(make_card, row):
    emotions = claims_of(make_card(), row("joy"), ENGLISH)
    (claim,) = intensity_claims(emotions, {"joy": 2.5, "anger": 1.0})
    assert (claim.dimension, claim.label, claim.score) == ("intensity", "joy", 2.5)

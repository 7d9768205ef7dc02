from dataclasses import replace
from itertools import product

import pytest

from tongli.core import Claim, FeelingContext, Language, Message
from tongli.empathy.feeling import UNMEASURED, FeelingPerspective
from tongli.knowledge.needs import EMOTION_NEEDS, STRATEGIES
from tongli.knowledge.schemes import EKMAN6


def see(reading):
    return FeelingPerspective().see(reading)


def sentiment(label, score=0.9):
    return Claim(dimension="sentiment", label=label, score=score)


ALL = {"ekman6": dict.fromkeys(EKMAN6, 0.1)}


@pytest.mark.parametrize(("label", "strength"), [*product(EKMAN6, (1.2, 2.5)), ("fear", 0.2)])
def test_a_decided_emotion_brings_its_needs_and_strategy(make_reading, emotion, label, strength):
    scores = {**ALL, "intensity": {label: strength}}
    reading = see(make_reading(claims=[emotion(label)], scores=scores))
    feeling = reading.empathy.feeling
    assert (feeling.feeling, feeling.intensity) == (label, strength)
    assert feeling.needs == EMOTION_NEEDS[label].needs
    assert feeling.strategy == EMOTION_NEEDS[label].strategy(strength)
    assert feeling.strategy in STRATEGIES
    needs = list(reading.decided("need"))
    assert {claim.label for claim in needs} == set(feeling.needs)
    assert all(claim.evidence == emotion(label).evidence for claim in needs)
    assert reading.notes == ()


def test_calm_and_abstaining_inform(make_reading, emotion):
    for claims in ((), [emotion("anger", abstained=True)]):
        reading = see(make_reading(claims=claims, scores=ALL))
        assert reading.empathy.feeling == FeelingContext()
        assert not list(reading.decided("need"))


def test_nothing_ran(make_reading):
    reading = see(make_reading())
    assert reading.empathy.feeling == FeelingContext()
    assert reading.notes == ()


def test_the_strongest_emotion_is_answered(make_reading, emotion):
    claims = [emotion("sadness", 0.6), emotion("fear", 0.9)]
    assert see(make_reading(claims=claims, scores=ALL)).empathy.feeling.feeling == "fear"


@pytest.mark.parametrize("label", EKMAN6)
def test_no_feeling_is_named_where_the_words_are_neutral(make_reading, emotion, label):
    reading = see(make_reading(claims=[emotion(label), sentiment("neutral")], scores=ALL))
    assert (reading.empathy.feeling.feeling, reading.empathy.feeling.strategy) == (None, "inform")
    assert "neutral sentiment" in reading.notes[-1]


def test_a_voice_may_say_more_than_neutral_words(make_reading, emotion):
    claims = [emotion("anger", scheme="fused"), sentiment("neutral")]
    scores = {**ALL, "fused": {"anger": 0.9}}
    assert see(make_reading(claims=claims, scores=scores)).empathy.feeling.feeling == "anger"


@pytest.mark.parametrize(("pain", "answered"), [(0.75, "sadness"), (0.5, "joy")])
def test_a_painful_emotion_close_to_joy_comes_first(make_reading, emotion, pain, answered):
    claims = [emotion("joy", 0.8), emotion("sadness", pain)]
    assert see(make_reading(claims=claims, scores=ALL)).empathy.feeling.feeling == answered


@pytest.mark.parametrize(
    ("beside", "mood", "answered"),
    [
        (["joy"], "positive", "joy"),
        ([], "positive", "joy"),
        (["joy"], None, "joy"),
        (["joy"], "negative", "surprise"),
        ([], None, "surprise"),
        ([], "negative", "surprise"),
        (["anger"], "negative", "anger"),
        (["fear"], None, "fear"),
        (["sadness", "joy"], "positive", "sadness"),
    ],
)
def test_a_surprise_takes_its_colour_from_what_is_beside_it(make_reading, emotion, beside, mood, answered):
    claims = [emotion("surprise", 0.9), *(emotion(label, 0.5) for label in beside)]
    claims += [sentiment(mood)] if mood else []
    feeling = see(make_reading(claims=claims, scores=ALL)).empathy.feeling
    assert feeling.feeling == answered
    assert feeling.needs == EMOTION_NEEDS[answered].needs


def test_a_pain_in_another_scheme_keeps_a_surprise_from_being_celebrated(make_reading, emotion):
    claims = [emotion("surprise", 0.9), emotion("joy", 0.4), sentiment("positive", 0.5)]
    claims += [emotion("disappointment", 0.6, scheme="goemotions28")]
    assert see(make_reading(claims=claims, scores=ALL)).empathy.feeling.feeling == "surprise"


def test_joy_against_the_sentiment_is_not_named(make_reading, emotion):
    reading = see(make_reading(claims=[emotion("joy"), sentiment("negative")], scores=ALL))
    assert reading.empathy.feeling.feeling is None
    assert reading.empathy.feeling.strategy == "question"
    assert reading.notes


@pytest.mark.parametrize("mood", [[], ["positive"]])
def test_joy_beside_something_that_went_wrong_is_not_named(make_reading, emotion, mood):
    claims = [emotion("joy", 0.9), *map(sentiment, mood)]
    reading = make_reading(claims=claims, scores=ALL)
    assert see(reading).empathy.feeling.feeling == "joy"
    reading = replace(
        reading, message=Message("Oh great, another delay."), language=Language(tag="en", score=1.0)
    )
    seen = see(reading)
    assert (seen.empathy.feeling.feeling, seen.empathy.feeling.strategy) == (None, "restate")
    assert "irony" in seen.notes[-1]


def test_pain_against_a_positive_sentiment_is_not_named(make_reading, emotion):
    reading = see(make_reading(claims=[emotion("anger"), sentiment("positive")], scores=ALL))
    assert reading.empathy.feeling.feeling is None
    assert reading.empathy.feeling.strategy == "inform"


def test_thanks_with_a_little_anger_beside_it_are_answered_as_joy(make_reading, emotion):
    claims = [emotion("joy", 0.33), emotion("anger", 0.29), sentiment("positive")]
    assert see(make_reading(claims=claims, scores=ALL)).empathy.feeling.feeling == "joy"


@pytest.mark.parametrize(
    ("score", "mood", "answered"), [(0.4, None, None), (0.4, "positive", "joy"), (0.7, None, "joy")]
)
def test_an_unsure_joy_needs_a_positive_sentiment(make_reading, emotion, score, mood, answered):
    claims = [emotion("joy", score), *([sentiment(mood)] if mood else [])]
    scores = {**ALL, "sentiment": {"positive": 0.4}}
    assert see(make_reading(claims=claims, scores=scores)).empathy.feeling.feeling == answered


@pytest.mark.parametrize(("strength", "answered"), [(0.6, None), (1.4, "surprise")])
def test_a_faint_surprise_is_not_named(make_reading, emotion, strength, answered):
    scores = {**ALL, "intensity": {"surprise": strength}}
    assert see(make_reading(claims=[emotion("surprise")], scores=scores)).empathy.feeling.feeling == answered


@pytest.mark.parametrize("felt", [[], ["joy"], ["fear"]])
def test_talk_of_self_harm_is_answered_as_great_distress(make_reading, emotion, felt):
    claims = [*(emotion(label) for label in felt), Claim(dimension="risk", label="self_harm", score=1.0)]
    feeling = see(make_reading(claims=claims, scores=ALL)).empathy.feeling
    assert (feeling.feeling, feeling.intensity) == ("fear" if felt == ["fear"] else "sadness", 3.0)


def test_a_death_asks_for_condolence_first(make_reading, emotion):
    message = Message("My mother died on Sunday.")
    reading = replace(make_reading(claims=[emotion("anger")], scores=ALL), message=message)
    seen = see(replace(reading, language=Language(tag="en", score=1.0)))
    assert seen.empathy.feeling.feeling == "sadness"
    assert seen.empathy.feeling.needs[0] == "condolence"
    [claim] = [claim for claim in seen.claims if claim.label == "condolence"]
    assert claim.source == "rule:bereavement"


def test_without_an_intensity_head_the_strength_is_noted_as_unmeasured(make_reading, emotion):
    reading = see(make_reading(claims=[emotion("anger")], scores=ALL))
    assert reading.empathy.feeling.intensity == UNMEASURED
    assert len(reading.notes) == 1


@pytest.mark.parametrize(("value", "clipped"), [(-0.4, 0.0), (3.7, 3.0)])
def test_intensity_stays_in_its_range(make_reading, emotion, value, clipped):
    reading = make_reading(claims=[emotion("anger")], scores={**ALL, "intensity": {"anger": value}})
    assert see(reading).empathy.feeling.intensity == clipped


@pytest.mark.parametrize(("value", "feeling"), [(2.0, "fear"), (0.9, None)])
def test_intensity_alone(make_reading, value, feeling):
    reading = see(make_reading(scores={"intensity": {"fear": value, "joy": 0.1}}))
    assert reading.empathy.feeling.feeling == feeling
    assert any("intensity alone" in note for note in reading.notes)
    assert not list(reading.decided("need"))


def test_sentiment_alone(make_reading):
    reading = see(make_reading(claims=[sentiment("negative")], scores={"sentiment": {"negative": 0.9}}))
    assert reading.empathy.feeling.feeling is None
    assert reading.empathy.feeling.needs == ("to_be_heard",)
    assert reading.empathy.feeling.strategy == "restate"
    assert any("sentiment alone" in note for note in reading.notes)


@pytest.mark.parametrize(
    ("scheme", "label", "feeling"),
    [
        ("plutchik8", "anger", "anger"),
        ("plutchik8", "trust", None),
        ("goemotions28", "annoyance", "anger"),
        ("goemotions28", "gratitude", "joy"),
        ("goemotions28", "neutral", None),
        ("goemotions28", "curiosity", "surprise"),
    ],
)
def test_other_schemes_serve_when_ekman_did_not_run(make_reading, emotion, scheme, label, feeling):
    reading = make_reading(claims=[emotion(label, scheme=scheme)], scores={scheme: {label: 0.8}})
    assert see(reading).empathy.feeling.feeling == feeling


def test_the_finer_scheme_adds_needs_once(make_reading, emotion):
    claims = [
        emotion("sadness"),
        emotion("grief", 0.7, scheme="goemotions28"),
        emotion("disappointment", 0.6, scheme="goemotions28"),
    ]
    needs = see(make_reading(claims=claims, scores=ALL)).empathy.feeling.needs
    assert needs == (*EMOTION_NEEDS["sadness"].needs, "repair")


def test_a_threat_is_not_answered_as_distress(make_reading, emotion):
    claims = [emotion("anger"), Claim(dimension="risk", label="threat", score=1.0)]
    seen = FeelingPerspective().see(make_reading(claims=claims))
    assert seen.empathy.feeling.feeling == "anger"


def test_a_painful_feeling_that_is_named_comes_before_the_head(make_reading, emotion):
    def answered(text):
        reading = replace(make_reading(claims=[emotion("fear")], scores=ALL), message=Message(text))
        return see(replace(reading, language=Language(tag="en", score=1.0))).empathy.feeling

    assert answered("It never came and I am furious.").feeling == "anger"
    assert answered("It never came and I am furious.").intensity >= 1
    assert answered("It never came and I am happy.").feeling == "fear"


def test_pain_beside_something_that_went_wrong_asks_for_repair(make_reading, emotion):
    def asked(text):
        reading = replace(make_reading(claims=[emotion("sadness")], scores=ALL), message=Message(text))
        return see(replace(reading, language=Language(tag="en", score=1.0))).empathy.feeling

    assert (asked("My toy arrived broken.").needs[-1], asked("My toy arrived broken.").strategy) == (
        "repair",
        "suggest",
    )
    assert asked("I miss my friends.").strategy == "restate"
    assert asked("My mother died and the parcel arrived broken.").strategy == "reflect"

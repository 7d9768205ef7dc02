from __future__ import annotations

from dataclasses import replace

import pytest

from tongli.core import Language, Message, Reading
from tongli.empathy.culture.expressions import expressions
from tongli.empathy.culture.found import find
from tongli.empathy.figurative import Decision
from tongli.knowledge.claim_matcher import matcher


class Decided:
    """Decides as told, and keeps what it was asked."""

    def __init__(self, *decisions: Decision) -> None:
        self.decisions, self.asked = list(decisions), []

    def decide(self, places):
        self.asked += places
        return self.decisions


def claims_of(text, decided, *, lang="en"):
    reading = Reading(message=Message(text), language=Language(tag=lang, score=1.0))
    (found,) = expressions([reading], [find(reading)], decided)
    return {claim.dimension: claim for claim in found}


OPEN = "She spilled the beans about the plan."


def test_an_idiom_meant_as_one_has_its_place_claim_and_gloss():
    found = claims_of(OPEN, Decided(Decision(use="idiomatic", score=0.8)))
    idiom, how = found["idiom"], found["figurative"]
    assert OPEN[slice(*idiom.evidence[0].span)] == "spilled the beans"
    assert (idiom.label, idiom.score, idiom.abstained) == ("idiom", 0.8, False)
    assert idiom.claim_id == "en.idiom.spill-the-beans"
    assert "secret" in idiom.gloss
    assert (how.label, how.score, how.gloss) == ("idiomatic", 0.8, None)


def test_words_meant_as_they_stand_are_no_idiom():
    found = claims_of(OPEN, Decided(Decision(use="literal", score=0.1)))
    assert found.keys() == {"figurative"}
    assert (found["figurative"].label, found["figurative"].score) == ("literal", 0.9)


@pytest.mark.parametrize("why", ["alone", "language", "model", "unsure"])
def test_an_open_reading_abstains_and_says_why(why):
    found = claims_of(OPEN, Decided(Decision(use=None, score=0.51, why=why)))
    for claim in found.values():
        assert claim.abstained
        assert claim.label is None
        assert claim.reason
    assert "secret" in found["idiom"].gloss


def test_what_has_one_reading_is_not_asked_about():
    decided = Decided()
    found = claims_of("你别画蛇添足了。", decided, lang="zh")
    assert decided.asked == []
    assert not found["idiom"].abstained
    assert found["figurative"].label == "idiomatic"


def test_a_proverb_is_an_idiom_by_dimension():
    found = claims_of("Well, better late than never!", Decided())
    assert found["idiom"].label == "proverb"


def test_only_what_is_near_is_looked_at():
    far = "word " * 4000
    decided = Decided(Decision(use="idiomatic", score=0.8))
    found = claims_of(f"{far}{OPEN} {far}", decided)
    (place,) = decided.asked
    assert len(place.text) < 500
    assert place.words == "spilled the beans"
    start, end = found["idiom"].evidence[0].span
    assert f"{far}{OPEN}"[start:end] == "spilled the beans"


def test_messages_are_judged_together_and_keep_their_own():
    one = Reading(message=Message(OPEN), language=Language(tag="en", score=1.0))
    two = replace(one, message=Message("Nothing here."))
    decided = Decided(*[Decision(use="idiomatic", score=score) for score in (0.7, 0.9)])
    readings = [one, two, one]
    first, second, third = expressions(readings, [find(item) for item in readings], decided)
    assert (first[0].score, second, third[0].score) == (0.7, [], 0.9)


def test_a_set_phrase_is_a_phrase_and_not_figurative():
    claim = matcher("en").find("better late than never")[0].claim
    kept = replace(claim, action=replace(claim.action, adapt="keep"))
    reading = Reading(
        message=Message("Well, better late than never!"), language=Language(tag="en", score=1.0)
    )
    (match,) = find(reading)
    ((found,),) = expressions([reading], [[replace(match, claim=kept)]], Decided())
    assert (found.dimension, found.label, found.abstained) == ("idiom", "phrase", False)
    two = replace(kept, meaning=replace(kept.meaning, literal_use_possible=True), kind="idiom")
    for decision, label in (
        (Decision(use=None, score=0.5, why="alone"), None),
        (Decision(use="literal", score=0.1), "literal"),
    ):
        ((found,),) = expressions([reading], [[replace(match, claim=two)]], Decided(decision))
        assert found.label == label


def test_compound_words_take_their_place_and_are_not_told():
    told = claims_of("Estoy de acuerdo.", Decided(), lang="es")
    assert told["idiom"].label == "phrase"
    assert claims_of("De acuerdo con el informe, todo sigue igual.", Decided(), lang="es") == {}
    assert claims_of("Because of you we are at least here.", Decided()) == {}

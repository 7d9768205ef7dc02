"""The pipeline as a whole, on a tiny encoder."""

from __future__ import annotations

import pytest

from tongli import Message, Tongli
from tongli.core import ConfigError
from tongli.knowledge.claim_matcher import matcher
from tongli.safety.risk import NOTE

TEXT = "Nobody would care. I want to kill myself."


@pytest.fixture(scope="module")
def tongli(tiny_model, tiny_settings) -> Tongli:
    return Tongli(model=str(tiny_model), settings=tiny_settings)


@pytest.mark.parametrize("evidence", [False, True])
def test_every_reading_claims_risks_with_their_words(tongli, evidence):
    first, second = tongli.read_many(
        [Message(TEXT, lang="en"), Message("All is well.", lang="en")], evidence=evidence
    )
    (risk,) = [claim for claim in first.claims if claim.dimension == "risk"]
    assert [TEXT[slice(*item.span)] for item in risk.evidence] == ["want to kill myself"]
    assert NOTE in first.notes
    assert not [claim for claim in second.claims if claim.dimension == "risk"]


def test_a_single_reading_claims_them_once(tongli):
    reading = tongli.read(TEXT, evidence=False)
    assert [claim.label for claim in reading.claims if claim.dimension == "risk"] == ["self_harm"]
    assert reading.notes.count(NOTE) == 1


def test_a_text_is_adapted_and_no_weights_are_read_without_need(tiny_settings):
    tongli = Tongli(model="no-such-folder", settings=tiny_settings)
    done = tongli.adapt("We meet on December 25, 2025.", to="en-GB", lang="en-US")
    assert done.text == "We meet on 25 December 2025."
    with pytest.raises(ConfigError):
        tongli.adapt("It was a piece of cake.", to="ja-JP", lang="en")
    assert not tongli.adapt("It was a piece of cake.", to="ja-JP", lang="en", kinds=("date",)).questions


def test_the_model_tells_how_an_open_expression_is_meant(tongli):
    text = "It was a piece of cake."
    done = tongli.adapt(text, to="ja-JP", lang="en")
    (decision,) = tongli.figurative.judge(matcher("en").find(text), text, lang="en")
    assert done.text == ("It was very easy." if decision.use == "idiomatic" else text)
    assert bool(done.questions) == (decision.use is None)


@pytest.mark.parametrize("evidence", [False, True])
def test_every_reading_tells_what_is_culture_bound(tongli, evidence):
    text = "别画蛇添足，过年发红包。"
    (reading,) = tongli.read_many([Message(text, lang="zh")], evidence=evidence)
    found = {claim.dimension: claim for claim in reading.claims}
    assert [text[slice(*item.span)] for item in found["idiom"].evidence] == ["画蛇添足"]
    assert found["culture-item"].claim_id
    assert found["culture-item"].gloss


def test_a_single_reading_tells_what_an_answer_must_respect(tongli):
    reading = tongli.read(Message("Könnten Sie helfen?", lang="de"), evidence=False)
    assert reading.empathy.culture.practices[0].claim_id == "de.address.sie"
    assert [claim.label for claim in reading.claims if claim.dimension == "honorific"] == ["Sie"]

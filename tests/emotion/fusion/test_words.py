"""What the text channel decides, and what it leaves to the voice."""

from __future__ import annotations

import numpy as np
import pytest

from tongli.core import Claim, Language, Message, Reading
from tongli.emotion.fusion import Fusion
from tongli.emotion.fusion.words import NO_HEAD, PLAIN, UNSURE, head_values, read_words_view
from tongli.knowledge.schemes import EKMAN6

FUSION = Fusion()


def reading(felt=None, *, value=0.98, claimed=True, language=None, **scores):
    six = {label: value if label == felt else 0.01 for label in EKMAN6}
    claim = Claim(dimension="emotion", label=felt, score=value, scheme="ekman6", source="head:ekman6")
    return Reading(
        message=Message("x"),
        language=language or Language(tag="en", score=1.0),
        claims=(claim,) if felt and claimed else (),
        scores={"ekman6": six, **scores},
    )


@pytest.mark.parametrize("felt", EKMAN6)
def test_a_clear_feeling_is_decided(felt):
    found = FUSION.text(reading(felt))
    assert (found.label, found.reason, found.reliability) == (felt, None, 1.0)
    assert sum(found.scores.values()) == pytest.approx(1, abs=1e-3)


def test_plain_words_decide_nothing_not_even_that_nothing_is_felt():
    found = FUSION.text(reading(goemotions28={"neutral": 0.99}))
    assert max(found.scores, key=found.scores.get) == "neutral"
    assert (found.abstained, found.reason) == (True, PLAIN)


def test_a_feeling_that_no_head_claims_is_not_decided():
    assert FUSION.text(reading("joy", claimed=False)).abstained


def test_a_weak_feeling_is_not_decided():
    found = FUSION.text(reading("joy", value=0.3))
    assert found.abstained
    assert found.reason in {PLAIN, UNSURE}


def test_without_the_head_there_is_no_channel():
    found = FUSION.text(Reading(message=Message("x"), language=Language(tag="en", score=1.0)))
    assert (found.scores, found.reason) == ({}, NO_HEAD)


def test_an_uncertain_language_and_heard_words_are_trusted_less():
    unsure = Language(tag="en", score=0.3, abstained=True)
    declared = Language(tag="en", score=1.0, abstained=True, declared=True)
    assert FUSION.text(reading("joy", language=unsure)).reliability == 0.5
    assert FUSION.text(reading("joy", language=declared)).reliability == 1.0
    assert FUSION.text(reading("joy"), trust=0.7).reliability == 0.7


def test_heads_that_did_not_run_are_no_evidence():
    values = head_values(reading("joy").scores)
    assert np.isnan(values[6:]).all()
    assert np.isfinite(values[:6]).all()
    assert np.isfinite(FUSION.weights.words.probabilities(values[None])).all()


def test_arrays_that_do_not_fit_are_refused():
    stored = FUSION.weights.words.stored()
    with pytest.raises(ValueError, match="3"):
        read_words_view({**stored, "text.bias": np.zeros(3, np.float32)})

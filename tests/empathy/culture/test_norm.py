from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from tongli.core import FloatArray, Language, Message, ModelError, Reading, Tokens
from tongli.empathy.culture.norm import (
    CONCERNS,
    Case,
    Norms,
    Weights,
    agreed,
    cue,
    in_talk,
    likeness,
    middle,
    nearness,
    norm_claims,
    norm_sentences,
    shipped,
    speaker,
)

THANK, GREET, RUDE = 0, 1, 2
"""Directions of a small world: two acts, and bad conduct."""


def embed(texts: Sequence[str]) -> FloatArray:
    """Counts of the world's words and a common part, of unit length."""
    words = (("thank", "谢"), ("hello", "greet"), ("idiot", "blame"))
    rows = [[*(sum(text.lower().count(word) for word in own) for own in words), 0.5] for text in texts]
    table = np.array(rows, np.float32)
    return table / np.linalg.norm(table, axis=1, keepdims=True)


def tokens(texts: Sequence[str]) -> list[Tokens]:
    """One token a text, with its vector."""
    return [Tokens(spans=((0, 1),), states=row[None], encoder="small") for row in embed(texts)]


def weights(**changes: FloatArray) -> Weights:
    zeros = np.zeros((2, 4), np.float32)
    acts = np.array([[9, 0, 0, 0, 0], [0, 9, 0, 0, 0]], np.float32)
    other = np.array([[0, 0, 0, 0, 2]], np.float32)
    bad = np.array([0, 0, 9, 0, -3], np.float32)
    made = Weights(
        text_mean=zeros,
        norm_mean=zeros,
        text_acts=np.r_[acts, other],
        text_bad=bad,
        norm_acts=acts,
        kind_mean=zeros,
        norm_bad=np.array([0, 0, 9, 0, 1, -3], np.float32),
        mean=np.array([[0.5, -1.5, 0.5]] * 2, np.float32),
        scale=np.array([[0.3, 1.0, 0.3]] * 2, np.float32),
        relevance=np.array([[3.0, 0.0]] * 2, np.float32),
        talk=np.array([1.0, 0.0, -1.0, 0.0], np.float32),
    )
    return replace(made, **changes)


def judge(norm: str, text: str, lang: str = "en", history: tuple[str, ...] = ()):
    case = Case(norm=norm, text=text, lang=lang, history=history)
    return Norms(embed, tokens=tokens, weights=weights()).judge([case])[0]


def test_the_three_verdicts():
    norm = "Guests thank the host."
    assert judge(norm, "Thank you!").verdict == "adhered"
    assert judge(norm, "Thank you for nothing, idiot, idiot.").verdict == "violated"
    assert judge(norm, "My car is red.").verdict == "not_relevant"
    assert judge(norm, "Hello!").verdict == "not_relevant"


def test_a_norm_of_misconduct_tells_what_violates():
    assert judge("People blame others and never thank.", "Thank you").verdict == "violated"


def test_every_verdict_has_a_reason_and_a_score():
    norm = "Guests thank the host."
    found = [judge(norm, text) for text in ("Thank you!", "thank you, idiot, idiot", "My car is red.")]
    assert len({item.reason for item in found}) == 3
    assert all(0.5 <= item.score <= 1 for item in found)
    assert (found[0].relevant >= CONCERNS) != (found[2].relevant >= CONCERNS)


def test_the_speaker_of_a_turn_and_the_title_of_a_norm_say_nothing():
    assert judge("Norm: guests thank the host.", "Host: my car is red.").verdict == "not_relevant"
    assert judge("Guests thank the host.", "Thank: my car is red.").verdict == "not_relevant"
    assert norm_sentences("规范：要说谢谢。不要骂人。") == [
        "要说谢谢。不要骂人。",
        "要说谢谢。",
        "不要骂人。",
    ]


def test_an_answer_concerns_a_norm_less_than_what_it_answers():
    norm, answer, thanks = "Guests thank the host.", "Ann: Thank you.", "Ben: Thank you, thank you!"
    alone = judge(norm, answer).relevant
    assert judge(norm, answer, history=(thanks,)).relevant < alone
    assert judge(norm, answer, history=("Ann: Thank you!",)).relevant == alone
    assert judge(norm, answer, history=("Thank you, thank you!",)).relevant == alone
    assert judge(norm, "Thank you.", history=(thanks,)).relevant == alone


def test_only_the_latest_turns_are_read():
    norm, thanks, other = "Guests thank the host.", "Ben: Thank you!", "Ann: My car is red."
    assert judge(norm, "Ann: Thank you.", history=(thanks, *[other] * 20)).relevant == pytest.approx(
        judge(norm, "Ann: Thank you.").relevant
    )


def test_what_earlier_turns_say():
    assert in_talk([2.0], ["A"]) == (2.0, 0, 0)
    assert in_talk([1.0, 3.0, -1.0, 5.0, 2.0], ["A", "B", "B", "", "A"]) == (2.0, 1.0, 1.0)
    assert in_talk([1.0, 3.0, 2.0], ["A", "B", ""]) == (2.0, 0, 0)


def test_speakers():
    assert [speaker(turn) for turn in ("Ann: hi", "小王：你好", "no name here", "")] == [
        "Ann",
        "小王",
        "",
        "",
    ]


def test_the_log_odds_are_those_of_the_probability():
    found = judge("Guests thank the host.", "Thank you!")
    assert 1 / (1 + np.exp(-found.odds)) == pytest.approx(found.relevant)


def test_nearness_is_that_of_the_nearest_sentence():
    norm = embed(["Say hello. Say thank you.", "Say hello.", "Say thank you."])
    (text,) = embed(["thank"])
    assert nearness(norm, text) == pytest.approx(float(norm[2] @ text))
    assert nearness(norm[:1], text) == pytest.approx(float(norm[0] @ text))


def test_likeness_is_a_cosine():
    assert likeness(np.array([3.0, 4.0]), np.array([6.0, 8.0])) == pytest.approx(1)
    assert likeness(np.array([1.0, 0.0]), np.array([0.0, 2.0])) == 0
    assert likeness(np.zeros(2), np.ones(2)) == 0


def test_the_middle_of_tokens_has_unit_length():
    states = np.array([[1.0, 3.0], [2.0, 1.0]], np.float32)
    assert middle(Tokens(spans=((0, 1), (1, 2)), states=states, encoder="small")) == pytest.approx([0.6, 0.8])
    assert not middle(Tokens(spans=(), states=np.zeros((0, 2), np.float32), encoder="small")).any()


def test_the_kind_of_a_norm_is_read_from_its_tokens():
    def rude(texts: Sequence[str]) -> list[Tokens]:
        return tokens([f"{text} idiot" for text in texts])

    case = Case(norm="Guests thank the host.", text="Thank you!", lang="en")
    assert Norms(embed, tokens=rude, weights=weights()).judge([case])[0].verdict == "violated"


def test_agreement_is_that_of_the_acts_alone():
    both, other = np.array([0.9, 0.1, 0.0]), np.array([0.0, 0.0, 1.0])
    assert agreed(np.array([1.0, 0.0]), both) == pytest.approx(np.log(0.92))
    assert agreed(np.array([1.0, 0.0]), other) == pytest.approx(np.log(0.02))


def test_another_encoder_is_refused():
    with pytest.raises(ModelError) as caught:
        Norms(embed, tokens=tokens).judge([Case(norm="Guests thank the host.", text="Thank you", lang="en")])
    assert caught.value.code == "norm.encoder"


def test_cues():
    assert cue("People thank the host.") == 0
    assert cue("People blame others instead of saying sorry.") == pytest.approx(np.log(2))
    assert cue("不必道歉，也不顾别人。") == pytest.approx(np.log(3))


def reading(text, lang, norm, history=()):
    message = Message(text, norm=norm, history=history)
    return Reading(message=message, language=Language(tag=lang, score=1.0))


def test_a_claim_only_where_a_norm_is_given():
    asked = [
        reading("Hi: thank you!", "en", "Guests thank the host."),
        reading("Thank you!", "en", None),
        reading("Gracias", "es", "Guests thank the host."),
    ]
    (adhered,), none, (abstained,) = norm_claims(
        asked, lambda: Norms(embed, tokens=tokens, weights=weights())
    )
    assert none == ()
    assert (adhered.dimension, adhered.label, adhered.abstained) == ("norm", "adhered", False)
    assert adhered.reason
    assert [item.span for item in adhered.evidence] == [(4, 14)]
    assert abstained.abstained
    assert abstained.label is None
    assert "en, zh" in abstained.reason


def test_the_history_of_a_message_is_read():
    talks = [(), ("Ben: Thank you, thank you!",)]
    asked = [reading("Ann: thank you!", "en", "Guests thank the host.", history) for history in talks]
    (alone,), (answer,) = norm_claims(asked, lambda: Norms(embed, tokens=tokens, weights=weights()))
    assert (alone.label, answer.label) == ("adhered", "not_relevant")


def test_without_a_norm_no_model_is_read():
    def fails():
        raise AssertionError("no norm was given")

    assert norm_claims([reading("Hello", "en", None)], fails) == [()]


def test_the_reason_is_told_although_it_does_not_abstain():
    ((claim,),) = norm_claims(
        [reading("Thank you", "en", "Guests thank the host.")],
        lambda: Norms(embed, tokens=tokens, weights=weights()),
    )
    assert claim.to_dict()["reason"] == claim.reason


def test_what_ships_has_the_shapes_that_are_told():
    found = shipped()
    hidden = found.text_mean.shape[1]
    acts = len(found.norm_acts)
    assert found.text_acts.shape == (acts + 1, hidden + 1)
    assert found.norm_acts.shape == (acts, hidden + 1)
    assert found.norm_bad.shape == (hidden + 2,)
    assert found.text_bad.shape == (hidden + 1,)
    assert found.talk.shape == (4,)
    assert found.kind_mean.shape == (2, hidden)
    assert found.mean.shape == found.scale.shape == (2, 3)
    assert found.relevance.shape == (2, 2)
    assert all(np.isfinite(getattr(found, name)).all() for name in Weights.__dataclass_fields__)

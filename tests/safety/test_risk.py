import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import Language, Message, Reading
from tongli.safety.risk import NOTE, THREAT_NOTE, risk_claims, with_risks


@pytest.mark.parametrize(
    "text",
    [
        "I can't do this anymore, I want to kill myself.",
        "i dont want to be here anymore",
        "Ich will nicht mehr leben.",
        "J'ai envie de mourir.",
        "Ya no quiero vivir así.",
        "Eu quero morrer.",
        "Voglio farla finita.",
        "Ik wil dood.",
        "Nie chcę już żyć.",
        "Я не хочу больше жить.",
        "Yaşamak istemiyorum.",
        "لا أريد أن أعيش بعد الآن",
        "मैं जीना नहीं चाहता",
        "我真的不想活了",
        "もう死にたいです",
        "그냥 죽고 싶어요",
        "Tôi không muốn sống nữa.",
        "Aku ingin mati saja.",
        "Jag vill dö.",
    ],
)
def test_plain_words_are_heard(text):
    [claim] = risk_claims(Message(text))
    assert (claim.dimension, claim.label, claim.abstained) == ("risk", "self_harm", False)
    assert all(text[start:end].strip() for start, end in (item.span for item in claim.evidence))


@pytest.mark.parametrize(
    "text",
    [
        "My phone died yesterday and I am furious.",
        "The battery is killing me.",
        "I was killing myself laughing.",
        "Me muero de risa.",
        "You are going to die laughing.",
        "Meine Oma ist gestorben, ich bin so traurig.",
        "这个笑话笑死我了",
        "彼はとても優しいです。",
        "Die Pflanze stirbt, wenn man sie nicht gießt.",
        "",
    ],
)
def test_other_deaths_and_idioms_are_not(text):
    assert risk_claims(Message(text)) == ()


def test_a_hidden_phrase_is_heard():
    assert risk_claims(Message("I will ｋｉｌｌ my\u200bself"))


def test_the_reading_carries_claim_and_note():
    reading = Reading(message=Message("I feel suicidal."), language=Language(tag="en", score=1.0))
    seen = with_risks(reading)
    assert [claim.label for claim in seen.decided("risk")] == ["self_harm"]
    assert seen.notes == (NOTE,)
    calm = Reading(message=Message("All is well."), language=Language(tag="en", score=1.0))
    assert with_risks(calm) is calm


def test_a_message_may_hold_both():
    text = "I will kill you and then I will kill myself."
    seen = with_risks(Reading(message=Message(text), language=Language(tag="en", score=1.0)))
    assert {claim.label for claim in seen.decided("risk")} == {"self_harm", "threat"}
    assert seen.notes == (NOTE, THREAT_NOTE)


def test_every_language_speaks_plainly():
    data = tomllib.loads((files("tongli.safety") / "self_harm.toml").read_text(encoding="utf-8"))
    assert len(data) > 18
    for patterns in data.values():
        assert patterns
        assert all(pattern == pattern.lower() for pattern in patterns)


@given(st.text())
def test_any_text_is_read(text):
    for claim in risk_claims(Message(text)):
        assert all(0 <= start < end <= len(text) for start, end in (item.span for item in claim.evidence))

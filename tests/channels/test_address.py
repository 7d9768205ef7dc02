"""Formality by the forms of address that stand in a text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tongli.channels.address import NOTHING, Addressed, FormsCard
from tongli.core import Claim, Language, Message, Reading
from tongli.emotion.heads import Heads
from tongli.generation.adapt.register import forms, languages

CARD = FormsCard.shipped()
HEAD = Claim(dimension="formality", label=None, score=0.5, abstained=True, source="head:formality")
OTHER = Claim(dimension="politeness", label="polite", score=0.9, source="head:politeness")


def read(text: str, lang: str, *, value: float = 0.5, encoder: str = CARD.encoder) -> Reading:
    reading = Reading(
        message=Message(text),
        language=Language(tag=lang, score=1.0),
        claims=(OTHER, HEAD),
        scores={"formality": value, "politeness": 0.9},
    )
    (done,) = Addressed(encoder)([reading])
    assert done.claims[0] is OTHER
    assert done.scores["politeness"] == 0.9
    return done


def test_the_card_is_of_the_head_that_ships_and_its_languages() -> None:
    head = Heads(names=["formality"]).card("formality")
    assert head.encoder == CARD.encoder
    assert sorted(CARD.weights) == sorted(head.languages) == sorted(languages())
    assert all(name != tag for tag in CARD.weights for name in CARD.markers)


@pytest.mark.parametrize(
    ("text", "lang", "label"),
    [
        ("Können Sie mir bitte Ihren Namen sagen?", "de", "formal"),
        ("Kannst du mir bitte deinen Namen sagen?", "de-AT", "informal"),
        ("Pouvez-vous me donner votre numéro ?", "fr", "formal"),
        ("Tu peux me donner ton numéro ?", "fr", "informal"),
        ("¿Me puedes decir tu nombre?", "es-MX", "informal"),
        ("Heb je je sleutels bij je?", "nl", "informal"),
    ],
)
@pytest.mark.parametrize("value", [0.4, 0.5, 0.6])
def test_forms_decide_where_the_head_does_not(text: str, lang: str, label: str, value: float) -> None:
    done = read(text, lang, value=value)
    claim = done.claims[1]
    assert (claim.label, claim.abstained, claim.source) == (label, False, "head:formality")
    assert claim.score >= CARD.confidence
    assert (done.scores["formality"] > 0.5) == (label == "formal")


@pytest.mark.parametrize("value", [0.05, 0.5, 0.95])
def test_where_nothing_is_marked_nothing_is_decided(value: float) -> None:
    done = read("Gestern hat es den ganzen Tag geregnet.", "de", value=value)
    assert (done.claims[1].abstained, done.claims[1].reason) == (True, NOTHING)
    assert 1 - CARD.confidence < done.scores["formality"] < CARD.confidence


def test_a_head_that_is_sure_counts_beside_a_weak_form() -> None:
    text = "Penso che abbia ragione."
    assert read(text, "it", value=0.99).scores["formality"] > read(text, "it", value=0.01).scores["formality"]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Подождите, пожалуйста, минуту.", "formal"),
        ("Вы когда-нибудь были в Лиссабоне?", "formal"),
        ("Если хочешь, пойдём пешком.", "informal"),
        ("Скажи, этот автобус идёт в центр?", "informal"),
    ],
)
def test_russian_is_decided_by_clear_markers(text: str, label: str) -> None:
    done = read(text, "ru", value=0.5)
    claim = done.claims[1]
    assert (claim.label, claim.score, claim.source) == (label, 0.98, "address-markers:ru")
    assert claim.evidence
    assert done.scores["formality"] == (0.98 if label == "formal" else 0.02)


def test_russian_without_markers_or_with_both_is_not_decided() -> None:
    assert read("В самолёте лишь дети и мыши.", "ru").claims[1] is HEAD
    mixed = read("Ты сказал: скажите ему.", "ru", value=0.9)
    assert (mixed.claims[1].abstained, mixed.scores["formality"]) == (True, 0.5)


def test_other_languages_encoders_and_heads_are_left_alone() -> None:
    assert read("Can you tell me your name?", "en", value=0.7).scores["formality"] == 0.7
    assert read("Kannst du das?", "de", value=0.7, encoder="another").claims[1] is HEAD
    bare = replace(read("Kannst du das?", "de"), scores={}, claims=())
    assert Addressed(CARD.encoder)([bare]) == [bare]
    assert read("…", "und").claims[1] is HEAD


def test_more_forms_say_more_and_forms_of_both_registers_less() -> None:
    def odds(text: str) -> float:
        kinds = [(form.register, form.kind) for form in forms(text, lang="de")]
        return CARD.odds(0.5, kinds, lang="de")

    once, often = "Haben Sie Zeit?", "Haben Sie Zeit für Ihren Hund und Ihr Kind?"
    assert 0 < odds(once) < odds(often)
    assert odds(f"{once} Hast du Zeit?") < odds(once)

"""Formal and informal address, in sentences that we wrote."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import InputError
from tongli.core.edit import apply_edits, inverse
from tongli.generation.adapt.register import languages, shift

ROWS = [
    line.split("\t") for line in Path(__file__).with_name("sentences.tsv").read_text("utf-8").splitlines()
]
FORMAL = [formal for _, formal, _ in ROWS]
INFORMAL = [informal for _, _, informal in ROWS]
LANGS = st.sampled_from(languages())
WAYS = st.sampled_from(("formal", "informal"))


def written(text: str, lang: str, to: str) -> str:
    return apply_edits(text, shift(text, lang=lang, to=to).edits)


@pytest.mark.parametrize("lang", languages())
def test_every_language_has_its_sentences(lang):
    assert sum(row[0] == lang for row in ROWS) >= 15


@pytest.mark.parametrize(("lang", "formal", "informal"), ROWS)
def test_formal_becomes_informal(lang, formal, informal):
    assert written(formal, lang, "informal") == informal


@pytest.mark.parametrize(("lang", "formal", "informal"), ROWS)
def test_there_and_back(lang, formal, informal):
    assert written(written(formal, lang, "informal"), lang, "formal") == formal


@pytest.mark.parametrize(("lang", "formal", "informal"), ROWS)
def test_what_has_the_register_stays(lang, formal, informal):
    assert shift(formal, lang=lang, to="formal").edits == ()
    assert shift(informal, lang=lang, to="informal").edits == ()


@given(
    parts=st.lists(st.sampled_from([*FORMAL, *INFORMAL, " ", "\n", "42 %", "x@y.z"]), max_size=6),
    lang=LANGS,
    to=WAYS,
)
def test_nothing_changes_outside_edits(parts, lang, to):
    text = " ".join(parts)
    found = shift(text, lang=lang, to=to)
    changed = apply_edits(text, found.edits)
    assert apply_edits(changed, inverse(found.edits)) == text
    assert all(edit.before != edit.after for edit in found.edits)
    assert all(text[slice(*question.span)] in question.options for question in found.questions)


@given(text=st.text(max_size=60), lang=LANGS, to=WAYS)
def test_any_text_is_taken(text, lang, to):
    apply_edits(text, shift(text, lang=lang, to=to).edits)


@given(row=st.sampled_from(ROWS), other=st.sampled_from(ROWS))
def test_formal_twice_changes_nothing_more(row, other):
    lang = row[0]
    text = f"{row[2]} {other[2]}" if other[0] == lang else row[2]
    once = written(text, lang, "formal")
    assert shift(once, lang=lang, to="formal").edits == ()


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Meine Schwestern wohnen hier. Sie arbeiten im Hafen und sie singen."),
        ("de", "Frau Keller kommt später, sie ruft ihre Mutter an."),
        ("fr", "Le rendez-vous est chez le médecin, au nez de tous."),
        ("hi", "वह अपने आप चला गया।"),
        ("nl", "De trein vertrekt om acht uur en zij wacht op hem."),
        ("ja", "駅の前に大きな木。"),
        ("ko", "비 오는 날 우산 하나"),
        ("vi", "Trời hôm nay đẹp quá."),
    ],
)
def test_who_is_not_addressed_is_left_alone(lang, text):
    assert shift(text, lang=lang, to="informal").edits == ()


def test_a_friend_is_no_address_in_vietnamese():
    assert written("Người bạn của tôi gặp bạn.", "vi", "formal") == "Người bạn của tôi gặp quý vị."


def test_a_plural_is_asked_about():
    (question,) = shift("Je pense à vous deux.", lang="fr", to="informal").questions
    assert question.options == ("tu", "vous")


def test_gender_is_not_guessed():
    found = shift("Eu vi-te ontem.", lang="pt", to="formal")
    assert found.edits == ()
    assert found.questions[0].options == ("o", "a", "te")


def test_edits_say_what_they_are():
    (first, *_) = shift("Haben Sie Zeit?", lang="de-CH", to="informal").edits
    assert (first.span, first.before, first.after, first.kind) == ((0, 5), "Haben", "Hast", "address")
    assert first.reason
    assert first.source == "register"


def test_an_unknown_language_is_refused():
    with pytest.raises(InputError, match=r"register\.language"):
        shift("x", lang="en", to="formal")


def test_an_unknown_register_is_refused():
    with pytest.raises(InputError, match=r"register\.direction"):
        shift("x", lang="de", to="polite")


@pytest.mark.parametrize(
    ("lang", "formal", "informal"),
    [
        ("de", "Vergessen Sie Ihren Schirm nicht!", "Vergiss deinen Schirm nicht!"),
        ("es", "Espere un momento y dígame su nombre.", "Espera un momento y dime tu nombre."),
        ("fr", "Ne vous inquiétez pas.", "Ne t'inquiète pas."),
        ("fr", "Comment vous appelez-vous ?", "Comment t'appelles-tu ?"),
        ("it", "Si accomodi.", "Accomodati."),
        ("it", "Mi dica.", "Dimmi."),
        ("ja", "ちょっと待ってください。", "ちょっと待って。"),
        ("ja", "先生がいらっしゃいます。", "先生がいる。"),
        ("ko", "커피를 마십니다.", "커피를 마셔."),
        ("ko", "무엇을 하고 계세요?", "무엇을 하고 있어?"),
        ("nl", "Komt u binnen.", "Kom binnen."),
        ("pt", "Como se chama?", "Como te chamas?"),
        ("vi", "Dạ, tôi đến ngay ạ.", "Tôi đến ngay."),
    ],
)
def test_commands_and_honours(lang, formal, informal):
    assert written(formal, lang, "informal") == informal

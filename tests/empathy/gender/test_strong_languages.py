"""The languages beside German that list their gendered forms: what changes, what stays, and who is meant."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import InputError, Person, PronounSet
from tongli.core.edit import apply_edits, inverse
from tongli.empathy.gender.rules import rules

CASES = tomllib.loads(Path(__file__).with_name("strong_cases.toml").read_text(encoding="utf-8"))
PAIRS = [(lang, *pair) for lang, cases in CASES.items() for pair in cases["pairs"]]
PLAIN = [(lang, text) for lang, cases in CASES.items() for text in cases["plain"]]


def needs_words(lang: str) -> None:
    if lang == "ru":
        pytest.importorskip("pymorphy3")


def person(name: str, lang: str, *forms: str, **more) -> Person:
    declared = (
        PronounSet(subject=forms[0], object="", determiner="", possessive="", reflexive="", declared=forms)
        if forms
        else None
    )
    return Person(name=name, pronouns={lang: (declared,)} if declared else {}, **more)


@pytest.mark.parametrize(("lang", "masculine", "feminine"), PAIRS)
def test_a_whole_sentence_changes_its_gender(lang, masculine, feminine):
    needs_words(lang)
    assert rules(lang).alternatives(masculine).texts["feminine"] == feminine


@pytest.mark.parametrize(("lang", "text"), PLAIN)
def test_texts_about_nobody_stay(lang, text):
    needs_words(lang)
    found = rules(lang)
    someone = person("Kim", lang, agreement={lang: "feminine"})
    assert found.neutral(text).edits == ()
    assert found.rewrite(text, people=[someone]).edits == ()
    assert [claim for claim in found.check(text, people=[someone]) if claim.label != "inclusive"] == []


@pytest.mark.parametrize(
    ("lang", "who", "text", "wanted"),
    [
        (
            "ru",
            person("Саша", "ru", "она"),
            "Саша пришёл. Он устал, его брат спит.",
            "Саша пришла. Она устала, её брат спит.",
        ),
        ("ru", person("Саша", "ru", "она"), "Саша видел Женю. Он пел.", "Саша видела Женю. Он пел."),
        (
            "pl",
            person("Ola", "pl", "on"),
            "Ola kupiła chleb. Ona go zjadła.",
            "Ola kupił chleb. On go zjadł.",
        ),
        (
            "pl",
            person("Alex", "pl", "ono", agreement={"pl": "neutral"}),
            "Alex był zmęczony.",
            "Alex było zmęczone.",
        ),
        (
            "hi",
            person("सीमा", "hi", agreement={"hi": "masculine"}),
            "सीमा घर पर है। वह गाती है।",
            "सीमा घर पर है। वह गाता है।",
        ),
        (
            "ar",
            person("كريم", "ar", "هي"),
            "كان كريم طالبا. هو يحب كتابه.",
            "كانت كريم طالبة. هي تحب كتابها.",
        ),
        (
            "zh",
            person("小林", "zh", "TA"),
            "小林来了。她很高兴。他们走了。",
            "小林来了。TA很高兴。他们走了。",
        ),
        ("zh", person("小林", "zh", "她"), "小林说：“他来了。”他笑了。", "小林说：“他来了。”她笑了。"),
        ("ja", person("佐藤", "ja", "彼女"), "佐藤さんは彼の本を読む。", "佐藤さんは彼女の本を読む。"),
        (
            "ko",
            person("민지", "ko", "그녀"),
            "민지는 학생이다. 그는 웃는다.",
            "민지는 학생이다. 그녀는 웃는다.",
        ),
        (
            "sv",
            person("Kim", "sv", "hen"),
            "Kim ler. Han ser sin hund, och man hör honom.",
            "Kim ler. Hen ser sin hund, och man hör hen.",
        ),
        (
            "sv",
            person("Kim", "sv", "hon"),
            "Kim ler. Hans bror ler. Han går.",
            "Kim ler. Hennes bror ler. Han går.",
        ),
    ],
)
def test_only_forms_of_the_person_change(lang, who, text, wanted):
    needs_words(lang)
    assert rules(lang).rewrite(text, people=[who]).text == wanted


@pytest.mark.parametrize(
    ("lang", "how", "text", "wanted"),
    [
        ("ru", "feminine", "Я вчера ходил в кино.", "Я вчера ходила в кино."),
        ("pl", "neutral", "Byłem gotowy.", "Byłom gotowe."),
        ("pl", "feminine", "Zrobiłem to sam.", "Zrobiłam to sama."),
        ("hi", "feminine", "मैं घर जाऊँगा।", "मैं घर जाऊँगी।"),
        ("ar", "feminine", "أنا متعب.", "أنا متعبة."),
        (
            "ja",
            "俺",
            "僕は行く。私立の学校だ。「私は」と彼が言う。",
            "俺は行く。私立の学校だ。「私は」と彼が言う。",
        ),
    ],
)
def test_the_writer_says_i_as_declared(lang, how, text, wanted):
    needs_words(lang)
    writer = Person(name="X", first_person={lang: how})
    assert rules(lang).rewrite(text, people=[writer]).text == wanted


@pytest.mark.parametrize(
    ("lang", "text", "word"),
    [
        ("tr", "Yeni iş adamı konuştu.", "iş adamı"),
        ("fi", "Puhemies avasi kokouksen.", "Puhemies"),
        ("ja", "看護婦さん", "看護婦"),
        ("zh", "空姐来了。", "空姐"),
    ],
)
def test_words_for_roles_are_reported_and_stay(lang, text, word):
    claims = rules(lang).check(text, people=[])
    assert [(claim.label, text[slice(*claim.evidence[0].span)]) for claim in claims] == [("inclusive", word)]
    assert rules(lang).neutral(text).text == text


@pytest.mark.parametrize(("lang", "masculine", "feminine"), PAIRS)
def test_edits_undo_and_repeat(lang, masculine, feminine):
    needs_words(lang)
    found = rules(lang)
    both = found.alternatives(feminine).texts
    assert both.get("feminine", feminine) == feminine
    edits = found.neutral(masculine).edits
    assert apply_edits(apply_edits(masculine, edits), inverse(edits)) == masculine


@pytest.mark.parametrize("lang", CASES)
def test_unknown_styles_are_refused(lang):
    with pytest.raises(InputError, match=r"gender\.style"):
        rules(lang).neutral("x", style="star-of-stars")


@pytest.mark.parametrize("lang", CASES)
@given(text=st.text(max_size=60))
def test_any_text_can_be_read(lang, text):
    found, someone = rules(lang), Person(name="Kim", agreement={lang: "feminine"})
    found.neutral(text)
    found.rewrite(text, people=[someone])
    found.check(text, people=[someone])


def test_without_a_dictionary_russian_keeps_to_pronouns_and_verbs(monkeypatch):
    from tongli.empathy.gender.russian import morphology

    morphology.readings.cache_clear()
    monkeypatch.setattr(morphology, "analyser", lambda: None)
    try:
        assert rules("ru").alternatives("Он купил хлеб.").texts["feminine"] == "Она купила хлеб."
    finally:
        morphology.readings.cache_clear()


@pytest.mark.parametrize(
    ("lang", "forms", "text", "wanted"),
    [
        ("de", ("sie",), "{} ist Lehrer. Er mag seinen Beruf.", "{} ist Lehrerin. Sie mag ihren Beruf."),
        ("de", ("sie",), "Herr {} kommt. Er singt.", "Frau {} kommt. Sie singt."),
        ("ru", ("она",), "{} пришёл. Он устал.", "{} пришла. Она устала."),
        ("pl", ("ona",), "{} kupił chleb. On go zjadł.", "{} kupiła chleb. Ona go zjadła."),
        ("zh", ("她",), "{}来了。他笑了。", "{}来了。她笑了。"),
        ("ja", ("彼女",), "{}さんが来た。彼は笑った。", "{}さんが来た。彼女は笑った。"),
        ("ko", ("그녀",), "{}! 그는 웃는다.", "{}! 그녀는 웃는다."),
        ("sv", ("hon",), "{} ler. Han går.", "{} ler. Hon går."),
    ],
)
@pytest.mark.parametrize("name", ["Kim", "Maria", "Koch", "König", "Саша", "Król", "小林", "Anders", "Otto"])
def test_renaming_everybody_changes_no_verdict(lang, forms, text, wanted, name):
    needs_words(lang)
    found = rules(lang).rewrite(text.format(name), people=[person(name, lang, *forms)])
    assert found.text == wanted.format(name)


def test_every_table_names_its_source():
    folder = files("tongli.knowledge") / "gender"
    for lang in ("de", *CASES):
        for place in (folder / lang).iterdir():
            assert tomllib.loads(place.read_text(encoding="utf-8"))["source"], place.name

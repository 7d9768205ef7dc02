import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.knowledge.stereotypes import languages, stereotypes

SAID = {
    "ar": "الرجال كسالى.",
    "de": "Rentner sind geizig.",
    "en": "Pensioners are stingy.",
    "es": "Los jubilados son tacaños.",
    "fr": "Les retraités sont radins.",
    "hi": "मर्द आलसी होते हैं।",
    "it": "I pensionati sono tirchi.",
    "ja": "若者は怠け者だ。",
    "pt": "Os aposentados são preguiçosos.",
    "ru": "Пенсионеры жадные.",
    "zh": "老人很固执。",
}


def said(text, lang="en", kind="says"):
    return [
        (text[slice(*found.span)], found.axis)
        for found in stereotypes(lang).find(text, kind)
        if not found.told
    ]


def test_every_language_has_a_sentence_here():
    assert set(SAID) == languages()


@pytest.mark.parametrize("lang", sorted(SAID))
def test_every_pattern_of_a_language_compiles_and_finds(lang):
    assert said(SAID[lang], lang)
    assert said(SAID[lang], lang, "wants") == []


@pytest.mark.parametrize(
    ("text", "axis"),
    [
        ("I think women are bad drivers, frankly.", "gender"),
        ("As a German, you surely enjoy forms.", "origin"),
        ("MUSLIMS   are\tterrorists.", "religion"),
        ("Old people can't use computers.", "age"),
        ("Blind people are a burden.", "disability"),
        ("Gay people are sick in the head.", "orientation"),
        ("You people always want more.", "address"),
        ("You explain it very well for a woman.", "gender"),
        ("Why are Italians so loud?", "origin"),
    ],
)
def test_what_is_said_of_a_group_is_found_with_its_axis(text, axis):
    assert [found for _, found in said(text)] == [axis]


@pytest.mark.parametrize(
    "text",
    [
        "The two women are lazy today.",
        "Jokes about women are stupid.",
        "Women are not bad drivers.",
        "Are women bad drivers?",
        "It is not true that women are bad drivers.",
        "Women are bad drivers. That is a myth.",
        "Nobody should say that foreigners are criminals.",
        "Some men are loud.",
        "Our German colleagues will call.",
        "As a German citizen you need no visa.",
        "Women's football is on at eight.",
        "Deaf people use sign language.",
        "I know who you people are.",
        "",
    ],
)
def test_what_only_names_points_at_or_denies_is_left_alone(text):
    assert said(text) == []


def test_what_is_told_of_is_marked():
    [found] = stereotypes("en").find("They say that women are bad drivers.")
    assert found.told


def test_hatred_is_another_kind():
    assert said("I hate all immigrants.", kind="wants") == [("I hate all immigrants", "origin")]
    assert said("Nobody should say that they hate immigrants.", kind="wants") == []
    assert said("I hate all Mondays.", kind="wants") == []


def test_a_language_without_a_file():
    assert stereotypes("fi") is None


@given(st.text(alphabet=string.ascii_letters + " .?!\n'ßİ\u0301", max_size=60), st.sampled_from(sorted(SAID)))
def test_words_before_and_after_keep_the_span_in_place(noise, lang):
    text = f"{noise}\n{SAID[lang]}"
    for found in stereotypes(lang).find(text):
        assert 0 <= found.span[0] < found.span[1] <= len(text)
    sure = f"\n{SAID[lang]}\n"
    assert [found.span[0] >= 1 for found in stereotypes(lang).find(sure)] == [True]


@given(st.text(max_size=80))
def test_any_text_can_be_read(text):
    for lang in ("en", "zh"):
        for found in stereotypes(lang).find(text):
            assert 0 <= found.span[0] < found.span[1] <= len(text)

"""Short messages of courtesy."""

import tomllib
from collections import Counter
from importlib.resources import files

import pytest

from tongli.encoders.language import identify
from tongli.knowledge.courtesies import language_of

LISTED = tomllib.loads((files("tongli.knowledge") / "courtesies.toml").read_text("utf-8"))["phrases"]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Дякую!", "uk"),
        ("धन्यवाद 🙏", "hi"),
        ("hello", "en"),
        ("Hola, ¡muchas gracias!", "es"),
        ("S’il vous plaît…", "fr"),
        ("شكراً", "ar"),
        ("謝謝", "zh-Hant"),
        ("Merci\nBonne journée", "fr"),
    ],
)
def test_the_language_of_a_courtesy(text, lang):
    assert language_of(text) == lang


@pytest.mark.parametrize(
    "text",
    ["", "ok", "👍", "merci, thanks", "thanks for nothing", "tak", "hallo", "thank you " * 20],
)
def test_anything_else_is_left_to_the_model(text):
    assert language_of(text) is None


def test_no_phrase_is_listed_for_two_languages():
    found = Counter(phrase for listed in LISTED.values() for phrase in listed.split("|"))
    assert [phrase for phrase, count in found.items() if count > 1] == []


@pytest.mark.parametrize("lang", LISTED)
def test_every_phrase_is_found_however_it_is_written(lang):
    for phrase in LISTED[lang].split("|"):
        assert language_of(f" {phrase.capitalize()}! ") == lang, phrase


@pytest.mark.models
def test_a_reading_knows_it():
    found = identify("Дякую")
    assert (found.tag, found.abstained, found.declared) == ("uk", False, False)

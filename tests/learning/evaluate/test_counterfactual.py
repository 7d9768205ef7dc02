import json
import unicodedata
from collections import Counter
from importlib.resources import files

import pytest

from tongli.knowledge.schemes import EKMAN6
from tongli.learning.evaluate.counterfactual import LANGUAGES, fill, variants

FOLDER = files("tongli.learning.evaluate").joinpath("counterfactuals")
NAMES = json.loads(FOLDER.joinpath("names.json").read_text(encoding="utf-8"))


def data(lang):
    return json.loads(FOLDER.joinpath(f"{lang}.json").read_text(encoding="utf-8"))


def test_size_and_languages():
    found = variants()
    assert len({item.template for item in found}) >= 300
    assert {item.lang for item in found} == set(LANGUAGES)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_feeling_has_as_many_templates(lang):
    assert {name: len(set(texts)) for name, texts in data(lang)["templates"].items()} == dict.fromkeys(
        (*EKMAN6, "neutral"), 4
    )


def test_every_name_comes_as_often():
    assert len(set(Counter(item.choice for item in variants() if item.axis == "name").values())) == 1


def test_every_name_is_written_in_every_script_and_differs():
    for script in ("Latn", "Cyrl", "Deva", "Arab", "Hans", "Kana"):
        assert len({name[script] for name in NAMES}) == len(NAMES)
    expected = {
        "Latn": "LATIN",
        "Cyrl": "CYRILLIC",
        "Deva": "DEVANAGARI",
        "Arab": "ARABIC",
        "Kana": "KATAKANA",
    }
    for name in NAMES:
        for script, block in expected.items():
            assert all(block in unicodedata.name(char) for char in name[script] if char != "ー"), name[script]


def test_no_slot_is_left_open():
    assert [item.text for item in variants() if not item.text or set(item.text) & set("{}[]|")] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_slot_has_a_form_for_the_first_sets(lang):
    """A choice of forms never offers more than there are sets, nor fewer than two."""
    found = data(lang)
    for texts in found["templates"].values():
        for text in texts:
            parts = [part.split("]")[0].split("|") for part in text.split("[")[1:]]
            assert all(2 <= len(part) <= len(found["sets"]) for part in parts), text
            assert "{name}" in text


def test_variants_of_a_template_differ_by_their_choice_only():
    for item in variants():
        if item.axis == "name":
            same = [other for other in variants() if (other.template, other.axis) == (item.template, "name")]
            assert len({other.text for other in same}) == len(same) == len(NAMES)
            break


def test_pronouns_reach_english_in_six_sets():
    kinds = {item.kind for item in variants() if item.lang == "en" and item.axis == "pronouns"}
    assert kinds == {"feminine", "masculine", "neutral", "neopronoun", "it", "name"}


@pytest.mark.parametrize(
    ("template", "column", "expected"),
    [
        ("{name} smiled, {subj} won.", 0, "Ana smiled, she won."),
        ("{name} está [sola|solo].", 1, "Ana está solo."),
        ("{name} está [sola|solo].", 2, None),
        ("[ihr|{name}s] Bruder", 1, "Anas Bruder"),
    ],
)
def test_fill(template, column, expected):
    assert fill(template, name="Ana", forms={"subj": "she"}, column=column) == expected

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import InputError, Person
from tongli.core.edit import apply_edits
from tongli.empathy.gender.swap import swap
from tongli.knowledge.pronouns import parse_pronouns

TEXTS = {
    "en": "She's late because she forgot her own key; I saw her yesterday.",
    "de": "Die Lehrerin ist müde.",
    "es": "Estoy cansada y muy contenta.",
    "fr": "Je suis fatiguée.",
    "it": "Sono stanca.",
    "ru": "Я устала и расстроена.",
    "pl": "Jestem zmęczona.",
    "hi": "मैं थक गई हूँ।",
    "ar": "أنا متعبة",
    "zh": "她很累。",
    "ja": "彼女は疲れた。",
    "ko": "그녀는 피곤하다.",
    "sv": "Hon är trött.",
}


@pytest.mark.parametrize("lang", TEXTS)
def test_versions_lead_to_one_another(lang):
    text = TEXTS[lang]
    found = swap(text, lang=lang)
    assert found.form == "feminine"
    assert set(found.versions) == {"masculine", "neutral"}
    for version in found.versions.values():
        assert version.text != text
        assert apply_edits(text, version.edits) == version.text
    back = swap(found.versions["masculine"].text, lang=lang)
    assert back.form == "masculine"
    assert back.versions["feminine"].text == text
    assert back.versions["neutral"].text == found.versions["neutral"].text


def test_only_the_forms_are_edited():
    (first, second) = swap("Ona lost her key, and she is sad.", lang="en").versions["masculine"].edits
    assert (first.before, first.after, first.span) == ("her", "his", (9, 12))
    assert (second.before, second.after) == ("she", "he")


def test_a_long_text_is_edited_word_by_word():
    text = "She lost her key… It rained. " * 300
    version = swap(text, lang="en").versions["masculine"]
    assert len(version.edits) == 600
    assert {edit.before for edit in version.edits} == {"She", "her"}
    assert apply_edits(text, version.edits) == version.text


@pytest.mark.parametrize(
    ("text", "lang", "reason"),
    [
        ("He said her key was there.", "en", "different forms"),
        ("Mr Ruhl lost his key.", "en", "title"),
        ("She is an actress, and she is tired.", "en", "noun"),
        ("La profesora habló con la alumna y estaba cansada.", "es", "several people"),
    ],
)
def test_what_no_rule_should_be_trusted_with(text, lang, reason):
    found = swap(text, lang=lang)
    assert not found.versions
    assert found.form is None
    assert reason in found.abstained[-1].reason


def test_declared_people_are_left_alone():
    text = "Noa lost her key."
    declared = Person(name="Noa", pronouns={"en": parse_pronouns("she/her")})
    assert not swap(text, lang="en", people=[declared]).versions
    assert swap(text, lang="en", people=[declared]).abstained
    assert swap(text, lang="en", people=[Person(name="Noa")]).versions


@pytest.mark.parametrize(("text", "lang"), [("I am tired.", "en"), ("O yorgun.", "tr"), ("Они ушли.", "ru")])
def test_nothing_varies(text, lang):
    found = swap(text, lang=lang)
    assert (found.form, dict(found.versions), found.abstained) == (None, {}, ())


def test_a_language_without_rules():
    with pytest.raises(InputError, match=r"gender\.language"):
        swap("text", lang="xx")


WORDS = ("She", "she", "her", "he", "his", "Kim", "lost", "is", "a", "key", "tired", ",", "and", "it's", "\n")


@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
def test_edits_always_give_the_version(text):
    for version in swap(text, lang="en").versions.values():
        assert apply_edits(text, version.edits) == version.text


@pytest.mark.parametrize("lang", TEXTS)
def test_renaming_changes_no_version(lang):
    joined = {"zh": "，", "ja": "、"}.get(lang, ", ")
    one, other = (swap(f"{name}{joined}{TEXTS[lang]}", lang=lang) for name in ("Zanele", "Inti"))
    assert one.form == other.form
    assert {name: item.text.replace("Zanele", "Inti") for name, item in one.versions.items()} == {
        name: item.text for name, item in other.versions.items()
    }

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.knowledge.person_name_table import rules
from tongli.knowledge.person_name_text import capitalised, first_cluster, initials, modified, upper

SPACED = replace(rules("und"), initial="{0}.", initial_sequence="{0} {1}")
TIGHT = replace(SPACED, initial_sequence="{0}{1}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lea", "L."),
        ("Lea Kim", "L. K."),
        ("Lea-Kim", "L. K."),
        ("  Lea   Kim ", "L. K."),
        ("’t Hart", "t. H."),
    ],
)
def test_an_initial_for_each_word(text: str, expected: str) -> None:
    assert initials(text, SPACED) == expected


def test_initials_are_joined_as_the_locale_does() -> None:
    assert initials("Lea Kim Ida", TIGHT) == "L.K.I."


def test_hyphens_can_be_kept() -> None:
    assert initials("Lea-Kim", SPACED, retain=True) == "L.-K."
    assert initials("Lea Kim", SPACED, retain=True) == "L. K."


def test_letters_as_readers_see_them() -> None:
    assert first_cluster("क्षितिज") == "क्षि"
    assert first_cluster("A\u0308nne") == "A\u0308"
    assert first_cluster("") == ""


def test_words_where_no_blanks_are_set() -> None:
    assert initials("文静", replace(rules("zh"), initial="{0}.", initial_sequence="{0} {1}")) == "文. 静."
    assert (
        initials("欧文·Lee", replace(rules("zh"), initial="{0}.", initial_sequence="{0} {1}")) == "欧. 文. L."
    )
    assert initials("太郎", rules("ja")) == "太."
    assert initials("သီတာ", rules("my")) == "သီ. တ."
    assert initials("ခင်", rules("my")) == "ခ."


def test_capitals_are_those_of_the_language() -> None:
    assert upper("ilgaz ışın", "tr") == "İLGAZ IŞIN"
    assert upper("ilgaz", "en") == "ILGAZ"
    assert upper("Άρης Φοίβος", "el-GR") == "ΑΡΗΣ ΦΟΙΒΟΣ"
    assert upper("Άρης", "en") == "ΆΡΗΣ"
    assert upper("weiß", "de") == "WEISS"


def test_only_the_first_letter_is_made_a_capital() -> None:
    assert capitalised("van den Hout", "nl") == "Van den Hout"
    assert capitalised("ijsbrand", "nl") == "IJsbrand"
    assert capitalised("ilgaz", "tr") == "İlgaz"
    assert capitalised("ǆuro", "hr") == "ǅuro"
    assert capitalised("McFee", "en") == "McFee"


def test_modifiers_combine() -> None:
    assert modified("lea kim", ("monogram", "allCaps"), rules=SPACED, language="en") == "L"
    assert modified("lea kim", ("initial", "allCaps"), rules=SPACED, language="en") == "L. K."
    assert modified("lea kim", ("initialCap",), rules=SPACED, language="en") == "Lea kim"


def test_forms_that_the_name_does_not_bring_are_not_made_up() -> None:
    for modifier in ("informal", "vocative", "genitive", "core"):
        assert modified("Ozols", (modifier,), rules=SPACED, language="lv") == "Ozols"


@given(st.text(max_size=20))
def test_any_text_has_initials(text: str) -> None:
    for tag in ("en", "zh", "my"):
        found = initials(text, rules(tag))
        assert bool(found) == any(letter.isalnum() for letter in text) or not found.isascii()

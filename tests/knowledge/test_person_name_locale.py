from __future__ import annotations

import pytest

from tongli.knowledge.person_name_locale import (
    UNKNOWN,
    formatting_locale,
    name_language,
    name_order,
    name_script,
    shares_blanks,
)
from tongli.knowledge.person_name_table import rules
from tongli.knowledge.person_names import NameFields


def name(given: str, surname: str = "", *, locale: str | None = None, order: str | None = None) -> NameFields:
    return NameFields.of({"given": given, "surname": surname}, locale=locale, order=order)


@pytest.mark.parametrize(
    ("given", "surname", "expected"),
    [
        ("Lena", "Frey", "Latn"),
        ("Лена", "Frey", "Latn"),
        ("レナ", "", "Kana"),
        ("静", "森", "Hani"),
        ("서연", "", "Hang"),
        ("-1", "7", UNKNOWN),
    ],
)
def test_the_surname_tells_the_script_first(given: str, surname: str, expected: str) -> None:
    assert name_script(name(given, surname)) == expected


def test_the_language_of_a_name() -> None:
    assert name_language(name("Lena", locale="de-CH")) == "de"
    assert name_language(name("Лена")) == "ru"
    assert name_language(name("Лена", locale="und")) == "ru"
    assert name_language(name("Lena")) == "en"


@pytest.mark.parametrize(
    ("found", "reader", "expected"),
    [
        (name("Lena", "Frey", locale="de-CH"), "fr", "fr"),
        (name("Lena", "Frey", locale="de-CH"), "ja", "de-CH"),
        (name("Олена", "Бойко", locale="uk"), "hi", "uk"),
        (name("Έλενα", "Μπόικο", locale="uk"), "hi", "el-Grek-GR"),
        (name("レナ", "フライ", locale="de-CH"), "de-CH", "ja-Kana-JP"),
        (name("レナ", "フライ", locale="de-CH"), "ja", "ja"),
        (name("Rena", "Mori", locale="ja"), "ja", "en-Latn-US"),
        (name("静", "森"), "zh-Hant", "zh-Hant"),
        (name("静", "森"), "ko", "ko"),
        (name("7"), "ja", "ja"),
    ],
)
def test_a_name_in_another_script_brings_its_rules(found: NameFields, reader: str, expected: str) -> None:
    assert formatting_locale(found, reader) == expected


@pytest.mark.parametrize(
    ("found", "reader", "expected"),
    [
        (name("Rena", "Mori", locale="ja"), "en", "surname-first"),
        (name("Rena", "Mori", locale="ja"), "de", "given-first"),
        (name("Rena", "Mori", locale="ja", order="givenFirst"), "en", "given-first"),
        (name("Lena", "Frey", locale="de", order="surname-first"), "en", "surname-first"),
        (name("Béla", "Kis", locale="hu"), "hu", "surname-first"),
        (name("Béla", "Kis", locale="hu-HU"), "en", "given-first"),
        (name("静", "森"), "en", "surname-first"),
        (name("Lena", "Frey"), "hu", "given-first"),
        (name("Lena", "Frey", locale="zh-Latn-SG"), "en", "surname-first"),
    ],
)
def test_which_part_comes_first(found: NameFields, reader: str, expected: str) -> None:
    assert name_order(found, rules(reader)) == expected


def test_languages_without_blanks_are_not_foreign_to_one_another() -> None:
    assert shares_blanks("ja", "zh")
    assert shares_blanks("fr", "fr")
    assert not shares_blanks("ja", "ko")

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import InputError
from tongli.knowledge.person_name_format import _choose, _fill, _parsed, format_name
from tongli.knowledge.person_name_table import rules
from tongli.knowledge.person_names import FIELDS, NameFields, NameStyle


def name(locale: str | None = None, **fields: str) -> NameFields:
    return NameFields.of({key.replace("_", "-"): value for key, value in fields.items()}, locale=locale)


def written(found: NameFields, reader: str, style: str = "") -> str:
    return format_name(found, reader, NameStyle.parse(style))


@pytest.mark.parametrize(
    ("pattern", "fields", "expected"),
    [
        ("{title} {given} {given2-initial} {surname}, {credentials}", "GgSC", "Kim L. Moor, MSc"),
        ("{title} {given} {given2} {surname}, {generation}", "GgSN", "Kim Lou Moor, II"),
        ("{title} {given} {given2} {surname}, {generation}", "GgS", "Kim Lou Moor"),
        ("{given} {given2} {surname}, {generation}, {credentials}", "GS", "Kim Moor"),
        ("{given} {given2} {surname}, {generation}, {credentials}", "GSC", "Kim Moor, MSc"),
        ("{given-initial}. ({given2}) {surname}", "GgS", "K.. (Lou) Moor"),
        ("{given} ({given2}) {surname}", "GS", "Kim Moor"),
        ("{given-monogram}. ({given2}) {surname}", "GS", "K. Moor"),
        ("{given-monogram}.({given2}) {surname}", "GS", "K Moor"),
        ("{given-monogram}. ({given2}) {surname}", "gS", "Lou) Moor"),
        ("{surname}, {given} {given2}", "Sg", "Moor, Lou"),
        ("{surname} {surname2}, {given}", "SG", "Moor Kim"),
        ("{surname} , {surname2} , {given}", "SG", "Moor , Kim"),
        ("{given-monogram}.{given2-monogram}.{surname-monogram}", "GS", "K.M"),
        ("{surname}{given}{given2}", "Sg", "MoorLou"),
        ("<{given}>", "G", "<Kim>"),
        ("<{given}, {surname}>", "G", "<Kim"),
        ("<{given}, {surname}>", "S", "Moor>"),
    ],
)
def test_what_stands_around_missing_fields(pattern: str, fields: str, expected: str) -> None:
    known = {
        "G": ("given", "Kim"),
        "g": ("given2", "Lou"),
        "S": ("surname", "Moor"),
        "N": ("generation", "II"),
        "C": ("credentials", "MSc"),
    }
    found = NameFields(dict(known[field] for field in fields))
    assert _fill(_parsed(pattern), found, rules("und"), "en") == expected


def test_the_pattern_that_shows_most_and_misses_least() -> None:
    short, long = "{given} {surname}", "{given} {given2} {surname}"
    assert _choose((short, long), name(given="Kim", given2="Lou", surname="Moor")).text == long
    assert _choose((long, short), name(given="Kim", surname="Moor")).text == short
    assert _choose(("{surname} {given}", "{given} {surname}"), name(given="K", surname="M")).text[1] == "g"


def test_lengths_usages_and_formality() -> None:
    found = name(
        "en",
        title="Dr.",
        given="Robin",
        given_informal="Rob",
        given2="Jo Ann",
        surname="Moor",
        generation="Jr",
        credentials="MSc",
    )
    assert written(found, "en", "long/formal") == "Dr. Robin Jo Ann Moor Jr, MSc"
    assert written(found, "en", "medium/formal") == "Robin J.A. Moor Jr, MSc"
    assert written(found, "en", "short/formal") == "R.J.A. Moor"
    assert written(found, "en", "short/informal") == "Rob M."
    assert written(found, "en", "addressing/formal") == "Dr. Moor"
    assert written(found, "en", "addressing/informal") == "Rob"
    assert written(found, "en", "monogram/long/formal") == "RJM"
    assert written(found, "en", "sorting/long/formal") == "Moor, Robin Jo Ann"
    assert written(found, "en") == "Rob Moor"


def test_one_name_is_enough() -> None:
    only = name("id", given="Suwarni", title="Ibu")
    assert written(only, "en", "addressing/formal") == "Ibu Suwarni"
    assert written(only, "en", "short/formal") == "Suwarni"
    assert written(only, "en", "sorting/short/formal") == "Suwarni"
    assert written(only, "en", "monogram/long/formal") == "S"
    surname = name("en", surname="Moor")
    assert written(surname, "en", "addressing/informal") == "Moor"
    assert written(surname, "en", "short/formal") == "Moor"


def test_patronymics_stand_where_middle_names_do() -> None:
    found = name("ru", title="г-жа", given="Нина", given2="Львовна", surname="Орлова")
    assert written(found, "ru", "long/referring/formal") == "г-жа Нина Львовна Орлова"
    assert written(found, "ru", "sorting/long/formal") == "Орлова, Нина Львовна"


def test_titles_after_the_name() -> None:
    assert written(name("ja", title="様", given="静", surname="森"), "ja", "addressing/formal") == "森静様"
    assert written(name("ko", title="님", given="서연", surname="문"), "ko", "addressing/formal").endswith(
        "님"
    )


def test_particles_are_sorted_by_the_custom_of_the_reader() -> None:
    found = name("nl", given="Noor", surname_prefix="ter", surname_core="Beek")
    assert written(found, "en", "sorting/long/formal") == "Beek, Noor ter"
    assert written(found, "nl", "long/formal") == "Noor ter Beek"


def test_two_surnames() -> None:
    found = name("es", given="Inés", surname="Rey", surname2="Soto")
    assert written(found, "es", "sorting/long/formal") == "Rey Soto, Inés"
    assert written(name("es", given="Inés", surname="Rey"), "es", "sorting/long/formal") == "Rey, Inés"


def test_blanks_in_japanese_and_chinese() -> None:
    foreign = name("de-CH", given="レナ", surname="フライ")
    assert written(foreign, "ja") == "レナ・フライ"
    assert written(foreign, "de-CH") == "レナ・フライ"
    assert written(name("de-CH", given="Lena", surname="Frey"), "ja") == "Lena Frey"
    assert written(name("ja", given="静", surname="森"), "ja") == "森静"
    assert written(name("ja", given="静", surname="森"), "de") == "森静"
    assert written(name("de", given="莱娜", surname="弗雷"), "zh") == "莱娜·弗雷"


def test_order_follows_the_name_unless_asked() -> None:
    found = name("ja", given="Rena", surname="Mori")
    assert written(found, "en") == "Mori Rena"
    assert written(found, "de") == "Rena Mori"
    assert written(found, "en", "given-first") == "Rena Mori"


def test_thin_blanks_of_monograms_stay() -> None:
    found = name("ur", given="سارہ", surname="خان")
    assert written(found, "ur", "monogram/long/given-first/formal") == "س\u202fخ"


def test_greek_readers_see_greek_capitals() -> None:
    assert written(name("en", given="Άρια", surname="Έλις"), "el", "monogram/long/formal") == "ΑΕ"


def test_no_locale() -> None:
    with pytest.raises(InputError) as caught:
        format_name(name(given="Kim"), "not a tag")
    assert caught.value.code == "locale.tag"


WORD = st.text(st.characters(codec="utf-8", categories=["Lu", "Ll", "Lo"]), min_size=1, max_size=6)


@given(
    st.dictionaries(st.sampled_from(FIELDS), WORD),
    WORD,
    st.sampled_from(["en", "ja", "zh", "ko", "ru", "es", "nl", "my", "fa", "tlh"]),
    st.sampled_from(
        ["", "long/formal", "short/informal", "sorting", "monogram", "addressing", "surname-first"]
    ),
)
def test_every_name_is_written_in_every_style(
    fields: dict[str, str], given_name: str, reader: str, style: str
) -> None:
    found = written(NameFields.of({**fields, "given": given_name}), reader, style)
    assert found
    assert found == found.strip()
    assert "{" not in found

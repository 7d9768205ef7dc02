from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import ConfigError, InputError
from tongli.knowledge.person_names import FIELDS, NameFields, NameStyle, is_field


@pytest.mark.parametrize(
    ("supplied", "plain", "prefix", "core"),
    [
        ({"surname-prefix": "ter", "surname-core": "Beek"}, "ter Beek", "ter", "Beek"),
        ({"surname-core": "Beek"}, "Beek", "", "Beek"),
        ({"surname": "ter Beek"}, "ter Beek", "", "ter Beek"),
        ({"surname": "ter Beek", "surname-prefix": "ter"}, "ter Beek", "", "ter Beek"),
        ({"surname": "Beek", "surname-core": "Broek"}, "Beek", "", "Beek"),
        ({"surname": "Beek", "surname-prefix": "ter", "surname-core": "Beek"}, "Beek", "ter", "Beek"),
        ({"surname-prefix": "ter"}, "", "", ""),
    ],
)
def test_core_prefix_and_plain_complete_one_another(
    supplied: dict[str, str], plain: str, prefix: str, core: str
) -> None:
    name = NameFields.of({"given": "Noor", **supplied})
    assert name.find("surname", ())[0] == plain
    assert name.find("surname", ("prefix",))[0] == prefix
    assert name.find("surname", ("core",)) == (core, () if core else ("core",))


def test_the_nearest_variant_answers_and_the_rest_is_left_to_do() -> None:
    name = NameFields.of({"given": "Kateryna", "given-informal": "Katja", "given-initial": "Ka."})
    assert name.find("given", ("informal",)) == ("Katja", ())
    assert name.find("given", ("initial",)) == ("Ka.", ())
    assert name.find("given", ("vocative",)) == ("Kateryna", ("vocative",))
    assert name.find("given", ("informal", "monogram", "allCaps")) == ("Katja", ("monogram", "allCaps"))
    assert name.find("given2", ("initial",)) == ("", ("initial",))


def test_blank_fields_are_missing() -> None:
    name = NameFields.of({"given": " Noor ", "surname": "  "})
    assert "surname" not in name.values
    assert name.values["given"] == "Noor"


@pytest.mark.parametrize("values", [{}, {"title": "Dr"}, {"given": " "}, {"surname-prefix": "de"}])
def test_somebody_has_a_name(values: dict[str, str]) -> None:
    with pytest.raises(InputError) as caught:
        NameFields.of(values)
    assert caught.value.code == "name.empty"


@pytest.mark.parametrize("key", ["nickname", "given-short", "given-initial-initial", "", "-core", "Given"])
def test_unknown_fields_are_refused(key: str) -> None:
    assert not is_field(key)
    with pytest.raises(InputError) as caught:
        NameFields.of({"given": "Noor", key: "x"})
    assert caught.value.code == "name.field"


def test_a_value_is_text() -> None:
    with pytest.raises(InputError) as caught:
        NameFields.of({"given": 3})  # type: ignore[dict-item]
    assert caught.value.code == "name.field"


def test_an_error_never_repeats_a_name() -> None:
    with pytest.raises(InputError) as caught:
        NameFields.of({"given": "Secretissima", "alias": "Hidden"})
    assert "Secretissima" not in str(caught.value)
    assert "Hidden" not in str(caught.value)


def test_moving_a_field_takes_its_variants_along() -> None:
    name = NameFields.of({"given": "Suharti", "given-informal": "Harti", "surname": "Old"})
    moved = name.moved("given", "surname")
    assert dict(moved.values) == {
        "surname": "Suharti",
        "surname-core": "Suharti",
        "surname-informal": "Harti",
    }


def test_a_style_from_words() -> None:
    expected = NameStyle(order="given-first", length="long", usage="addressing", formality="informal")
    assert NameStyle.parse("givenFirst/long/addressing/informal") == expected
    assert NameStyle.parse("informal-long-given-first-addressing") == expected
    assert NameStyle.parse("") == NameStyle()
    assert NameStyle.of(order="surnameFirst").order == "surname-first"


@pytest.mark.parametrize(
    "words", ["tall", "long/short", "formal/informal", "given/long", "given-first/sorting"]
)
def test_a_style_that_is_none(words: str) -> None:
    with pytest.raises(ConfigError) as caught:
        NameStyle.parse(words)
    assert caught.value.code == "name.style"


def test_a_preferred_order_may_be_spelt_either_way() -> None:
    assert NameFields.of({"given": "A"}, order="surnameFirst").order == "surname-first"
    with pytest.raises(ConfigError):
        NameFields.of({"given": "A"}, order="backwards")


@given(st.dictionaries(st.sampled_from([*FIELDS, "surname-prefix", "surname-core"]), st.text(max_size=5)))
def test_completing_is_done_once(values: dict[str, str]) -> None:
    try:
        name = NameFields.of({"given": "A", **values})
    except InputError:
        return
    assert NameFields.of(name.values).values == name.values
    assert all(value == value.strip() != "" for value in name.values.values())

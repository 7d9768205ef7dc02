from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.applications.people import parse_person, person_from
from tongli.core import Person, TongliError


@pytest.mark.parametrize("value", [None, "", "  "])
def test_nothing_is_nobody_known(value: str | None) -> None:
    assert parse_person(value) == Person()


def test_a_bare_name() -> None:
    assert parse_person(" Ana Souza ") == Person(name="Ana Souza")


def test_pairs() -> None:
    found = parse_person("given=Ana; family=Souza;title=Mx;pronouns=she/they;locale=pt-BR;register=formal;")
    assert (found.given, found.family, found.title) == ("Ana", "Souza", "Mx")
    assert (found.locale, found.register) == ("pt-BR", "formal")
    assert [each.subject for each in found.pronouns["en"]] == ["she", "they"]


def test_several_other_and_former_names_stand_between_commas() -> None:
    found = parse_person("name=Sam;other_names=Sammy, Samu;former_names=Ida,Ada")
    assert found.other_names == ("Sammy", "Samu")
    assert [each.name for each in found.former_names] == ["Ida", "Ada"]


def test_no_pronouns_is_a_declaration() -> None:
    assert parse_person("name=Sam;pronouns=none").pronouns == {"en": ()}
    assert parse_person("name=Sam").pronouns == {}


def test_a_language_of_its_own_beats_every_language() -> None:
    for value in ("address=informal;address.de=formal", "address.de=formal;address=informal"):
        found = parse_person(value)
        assert (found.address["de"], found.address["fr"]) == ("formal", "informal")


def test_values_may_hold_an_equals_sign() -> None:
    assert parse_person("name=a=b").name == "a=b"


def test_files(tmp_path: Path) -> None:
    toml, json_file = tmp_path / "ana.toml", tmp_path / "ana.JSON"
    toml.write_text('name = "Ana"\npronouns = "they/them"\n[address]\nde = "informal"\n', encoding="utf-8")
    json_file.write_text(
        json.dumps({"name": "Ana", "pronouns": "they/them", "address": {"de": "informal"}}), encoding="utf-8"
    )
    expected = parse_person("name=Ana;pronouns=they/them;address.de=informal")
    assert parse_person(str(toml)) == parse_person(str(json_file)) == expected


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("nmae=Ana", "person.key"),
        ("name=Ana;secret", "person.key"),
        ("name.de=Ana", "person.key"),
        ("register=chummy", "person.value"),
        ("address.de=du", "person.value"),
        ("agreement=secret", "person.value"),
        ("pronouns=secret/secretly", "pronouns.unknown"),
        ("locale=secret!", "locale.tag"),
        ("address.secret!=formal", "locale.tag"),
        ("nobody.toml", "input.missing"),
    ],
)
def test_what_is_wrong_has_a_code_and_stays_private(value: str, code: str) -> None:
    with pytest.raises(TongliError) as caught:
        parse_person(value)
    assert caught.value.code == code
    assert code == "person.key" or "secret" not in str(caught.value)


@pytest.mark.parametrize("content", [b"[1]", b"{", b"\xff", b'"name"'])
def test_a_file_that_is_no_person(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(content)
    with pytest.raises(TongliError, match=r"person\.file"):
        parse_person(str(path))


@given(st.text())
def test_any_text_is_a_person_or_a_coded_error(value: str) -> None:
    with contextlib.suppress(TongliError):
        assert isinstance(parse_person(value), Person)


@given(
    st.dictionaries(st.text(), st.none() | st.integers() | st.text() | st.dictionaries(st.text(), st.text()))
)
def test_any_mapping_is_a_person_or_a_coded_error(data: dict[str, Any]) -> None:
    with contextlib.suppress(TongliError):
        assert isinstance(person_from(data), Person)

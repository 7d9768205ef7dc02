"""The script that builds the list of names: its rules, over texts that the test writes."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "name_list.py"


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("name_list", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["name_list"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def counts(script):
    found = script.Counts({"der"})
    for text in ("a rose is a rose", "we saw Rose and Anna", "she said: anna", "we met Anna"):
        found.add(text, "en")
    for text in ("Ich sah der Berg", "Wir sind mit Maria da"):
        found.add(text, "de")
    for _ in range(3):
        found.add("أنا سعيد", "ar")
    return found


def test_written_small_is_ordinary_but_once(counts):
    assert counts.ordinary_in("rose", countries=0) == {"en"}
    assert counts.ordinary_in("rose", countries=9) == set(), "well known as a name"
    assert counts.ordinary_in("anna", countries=0) == set()


def test_a_german_noun_is_told_by_its_article(counts):
    assert counts.ordinary_in("berg", countries=1) == {"de"}
    assert counts.ordinary_in("maria", countries=0) == set()


def test_without_capitals_what_is_frequent_is_ordinary(counts, script):
    assert counts.often(script.fold("سعيد"))
    assert not counts.often(script.fold("محمد"))


def test_mostly_ordinary(counts):
    assert not counts.mostly_ordinary("rose", countries=1)
    assert counts.mostly_ordinary("berg", countries=0)


@pytest.mark.parametrize(
    ("name", "script_name", "expected"),
    [("olga", "Cyrl", "олга"), ("anna", "Cyrl", "анна"), ("karim", "Arab", "كريم"), ("ravi", "Deva", "रवि")],
)
def test_spellings(script, name, script_name, expected):
    table = script._toml(script.OURS)["spellings"][script_name]
    assert expected in set(script.spellings(name, table))
    assert not list(script.spellings("naïve", table)), "a letter that is not in the table"


def test_cases(script):
    endings = script._toml(script.OURS)["cases"]["Cyrl"]
    assert {"олги", "олгу"} <= set(script.in_cases("олга", endings))
    assert {"ивана", "иваном"} <= set(script.in_cases("иван", endings))


def test_our_own_list_has_no_gender_and_no_double(script):
    ours = script._toml(script.OURS)
    assert set(ours) == {"not_persons", "own", "spellings", "cases", "syllables"}
    assert all(isinstance(names, str) for names in ours["own"].values())


def test_lists_of_cultures_have_names_and_nothing_else(script):
    tables = script._toml(script.CULTURES)
    assert len(tables) >= 25
    for culture, scripts in tables.items():
        for code, names in scripts.items():
            words = names.split()
            assert isinstance(names, str), culture
            assert len(words) == len(set(words)) > 50, (culture, code)
            alien = [word for word in words if script.script_of(word) != code]
            assert not alien, (culture, code, alien)


def test_names_of_cultures_are_folded_and_halves_count_by_themselves(script):
    found = script.of_cultures()
    assert {"radoslaw", "nkosazana", "sofie", "ann"} <= found
    assert "ann-sofie" not in found


def test_a_rare_name_is_spelled_where_there_are_no_capitals(script, counts):
    tables = script._toml(script.OURS)["spellings"]
    uncased = {code: tables[code] for code in ("Arab", "Deva")}
    found = script.foreign({"lerato"}, uncased, counts=counts)
    assert found
    assert not any(map(script.has_capitals, found))
    assert any(map(script.has_capitals, script.foreign({"lerato"}, tables, counts=counts)))


def test_territories_are_called_so_in_some_languages(script):
    found = script.of_territories({"de", "en", "fr"})
    assert found["georgia"] == {"en"}
    assert found["georgien"] == {"de"}
    assert found["maurice"] == {"fr"}

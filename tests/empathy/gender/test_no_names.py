"""No data file of the project says which gender a given name has."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import tongli

SOURCES = Path(tongli.__file__).parent
SUFFIXES = {".toml", ".json", ".tsv", ".csv", ".txt"}
GIVEN = tuple((Path(__file__).parent / "given_names.txt").read_text(encoding="utf-8").split())
"""Names that any list of names and genders would hold; compiled for this test."""
GENDER = re.compile(
    r"\b(?:female|male|feminine|masculine|woman|man|women|men|girl|boy|fem|masc|f|m|she|he)\b", re.IGNORECASE
)
NEAR = re.compile(rf"\b({'|'.join(GIVEN)})\b[\"']?\s*(?:=|:|,|;|\t)\s*[\"']?(\w+)")


def data_files() -> list[Path]:
    return sorted(path for path in SOURCES.rglob("*") if path.suffix in SUFFIXES and path.is_file())


def pairs(text: str) -> list[str]:
    """Names with a gender as their value."""
    return [match[1] for match in NEAR.finditer(text) if GENDER.fullmatch(match[2])]


@pytest.mark.parametrize(
    "text", ["Maria\tf", '"Peter": "male"', "Anna = 'she'", "Ivan,m", "Laura: feminine", "David;M"]
)
def test_the_scan_finds_a_table(text):
    assert pairs(text)


def test_there_are_files_to_scan():
    assert len(data_files()) > 30


@pytest.mark.parametrize("path", data_files(), ids=lambda path: str(path.relative_to(SOURCES)))
def test_no_file_maps_names_to_genders(path):
    assert pairs(path.read_text(encoding="utf-8")) == []


def test_lists_of_gendered_words_hold_no_names():
    for path in (SOURCES / "knowledge/gender/check").glob("*.toml"):
        words = set(re.findall(r"\w+", path.read_text(encoding="utf-8")))
        assert not words & set(GIVEN), path.name

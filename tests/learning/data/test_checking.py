from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from tongli.core import InputError
from tongli.learning.data.checking import inspect, load, repaired

ROWS: list[Any] = [
    {"id": "1", "text": "Good day", "labels": {"ekman6": {"joy": 1.0}}, "licence": "MIT"},
    {"id": "2", "text": "good  day", "labels": {"ekman6": {"joy": 0.0}}, "licence": "MIT"},
    {"id": "3", "text": "It rains", "licence": "MIT"},
    {"id": "3", "text": "It snows", "licence": "MIT"},
    {"id": "5", "text": "It pours", "mood": 1},
]


@pytest.fixture
def train(tmp_path: Path) -> Path:
    return write(tmp_path / "train.jsonl", ROWS)


def write(path: Path, rows: list[Any]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_every_broken_row_is_noted(train: Path) -> None:
    found = load([train])
    assert [record.id for record in found.records] == ["1", "2", "3"]
    assert found.places == ["train.jsonl:1", "train.jsonl:2", "train.jsonl:3"]
    assert [error.code for error in found.errors] == ["record.repeated", "record.field"]


def test_gzip_is_read_and_ids_are_a_file_s_own(train: Path, tmp_path: Path) -> None:
    packed = tmp_path / "more.jsonl.gz"
    packed.write_bytes(gzip.compress(train.read_bytes()))
    assert len(load([train, packed]).records) == 6


def test_findings_name_places_and_no_text(train: Path, tmp_path: Path) -> None:
    held = write(tmp_path / "dev.jsonl", [{"id": "x", "text": "IT RAINS"}])
    findings = inspect(load([train]), load([held]))
    data = findings.to_dict()
    assert data["duplicates"] == [
        {
            "row": "train.jsonl:2",
            "of": "train.jsonl:1",
            "kind": "exact",
            "resemblance": 1.0,
            "conflicts": ["ekman6"],
        }
    ]
    assert data["leaks"] == [
        {"row": "train.jsonl:3", "of": "dev.jsonl:1", "kind": "exact", "resemblance": 1.0}
    ]
    assert data["licence"]["releasable"] is True
    assert not findings.clean
    assert "day" not in json.dumps(data)


def test_a_clean_file_is_clean(tmp_path: Path) -> None:
    assert inspect(load([write(tmp_path / "a.jsonl", ROWS[:1])])).clean


def test_repairing_leaves_nothing_to_find(train: Path, tmp_path: Path) -> None:
    held = load([write(tmp_path / "dev.jsonl", [{"id": "x", "text": "IT RAINS"}])])
    findings = inspect(load([train]), held)
    kept = repaired(findings)
    assert [record.id for record in kept] == ["1"]
    again = load([write(tmp_path / "again.jsonl", [record.to_dict() for record in kept])])
    assert inspect(again, held).clean
    assert repaired(findings, drop_conflicts=True) == []


def test_files_that_share_ids_are_not_joined(train: Path, tmp_path: Path) -> None:
    other = write(tmp_path / "other.jsonl", [{"id": "1", "text": "Something else"}])
    with pytest.raises(InputError) as error:
        repaired(inspect(load([train, other])))
    assert error.value.code == "record.repeated"


def test_progress_tells_every_stage(train: Path, tmp_path: Path) -> None:
    seen: set[str] = set()
    held = write(tmp_path / "dev.jsonl", [{"id": "x", "text": "It is a fine morning"}])
    collections = [load([path], progress=lambda what, _: seen.add(what)) for path in (train, held)]
    inspect(*collections, progress=lambda what, _: seen.add(what))
    reading = {"Reading train.jsonl", "Reading dev.jsonl"}
    assert seen == reading | {"Looking for duplicates", "Looking for leaks"}

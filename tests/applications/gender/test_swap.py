from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from tongli.applications import Job, Tally
from tongli.applications.gender.swap import swap_lines

LINES: tuple[dict[str, Any], ...] = (
    {"id": 7, "lang": "en", "text": "She lost her key.", "label": "sadness", "split": "train"},
    {"id": "b", "lang": "en", "text": "It rains.", "label": "neutral"},
    {"id": "c", "lang": "en", "text": "He said her key was there."},
    {"id": "d", "text": "Hon är trött.", "lang": "sv-SE"},
)


def job(tmp_path: Path, *lines: dict[str, Any], target: str = "out.jsonl", **options: Any) -> Job:
    source = tmp_path / "in.jsonl"
    source.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return Job(source=str(source), target=str(tmp_path / target), **options)


def loaded(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_data_set(tmp_path: Path) -> None:
    tally = Tally()
    counts = swap_lines(job(tmp_path, *LINES), tally=tally)
    assert (counts.swapped, counts.same, counts.abstained, counts.versions) == (2, 1, 1, 4)
    assert (tally.read, tally.written, tally.failed) == (4, 4, 0)
    found = loaded(tmp_path / "out.jsonl")
    assert [line["id"] for line in found] == ["7-masculine", "7-neutral", "d-masculine", "d-neutral"]
    first = found[0]
    assert first["text"] == "He lost his key."
    assert (first["label"], first["split"], first["lang"]) == ("sadness", "train", "en")
    assert (first["swapped_from"], first["swapped_to"]) == ({"id": 7, "form": "feminine"}, "masculine")
    assert [(edit["before"], edit["after"]) for edit in first["edits"]] == [("She", "He"), ("her", "his")]


def test_only_some_versions(tmp_path: Path) -> None:
    counts = swap_lines(job(tmp_path, LINES[0]), to=("neutral",))
    assert (counts.swapped, counts.versions) == (1, 1)
    assert [line["swapped_to"] for line in loaded(tmp_path / "out.jsonl")] == ["neutral"]


def test_broken_lines_stop_nothing(tmp_path: Path) -> None:
    lines = ({"id": 1, "text": "x"}, {"id": 2, "text": "x", "lang": "xx"}, LINES[0])
    swapped = {"id": 3, "text": "He left.", "lang": "en", "swapped_from": {"id": 1, "form": "feminine"}}
    tally = Tally()
    swap_lines(job(tmp_path, *lines, swapped), tally=tally)
    assert (tally.written, tally.failed) == (1, 3)
    codes = [error["code"] for error in loaded(tmp_path / "out.errors.jsonl")]
    assert codes == ["line.no-lang", "gender.language", "gender.swapped"]


def test_declared_people_are_not_swapped(tmp_path: Path) -> None:
    declared = LINES[0] | {"people": [{"name": "Noa", "pronouns": "she/her"}]}
    counts = swap_lines(job(tmp_path, declared, LINES[0] | {"people": [{"name": "Noa"}]}))
    assert (counts.abstained, counts.swapped) == (1, 1)


def test_no_version_at_all_is_a_valid_file(tmp_path: Path) -> None:
    swap_lines(job(tmp_path, LINES[1], target="out.jsonl.gz"))
    assert gzip.decompress((tmp_path / "out.jsonl.gz").read_bytes()) == b""

"""JSON lines of mentions and candidates."""

from __future__ import annotations

import json

import pytest

from tongli.applications import Job
from tongli.applications.gender.resolve import resolve_lines

TEXT = "Ona praised Ulf, who had kept his word."


def run(tmp_path, *records, **options):
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")
    tally = resolve_lines(Job(source=str(source), target=str(target)), **options)
    return [json.loads(line) for line in target.read_text("utf-8").splitlines()], tally


def line(**fields):
    return {"id": 1, "text": TEXT, "mention": [30, 33], "candidates": ["Ona", "Ulf"], **fields}


@pytest.mark.parametrize(
    "candidates",
    [["Ona", "Ulf"], [[0, 3], [12, 15]], [{"name": "Ona"}, {"span": [12, 15]}], ["Ona", [12, 15]]],
)
def test_names_and_places(tmp_path, candidates):
    (found,), _ = run(tmp_path, line(candidates=candidates))
    assert found["referent"] == {"index": 1, "name": "Ulf"}
    assert found["abstained"] is False
    assert 0 < found["score"] <= 1


def test_an_abstention_has_a_reason(tmp_path):
    (found,), _ = run(tmp_path, line(), least=1.0)
    assert found["referent"] is None
    assert found["abstained"] is True
    assert found["reason"]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"mention": None}, "line.mention"),
        ({"mention": [1]}, "line.mention"),
        ({"mention": [True, 3]}, "line.mention"),
        ({"candidates": "Ona"}, "line.candidates"),
        ({"candidates": [3]}, "line.candidates"),
        ({"candidates": []}, "reference.candidates"),
        ({"mention": [0, 999]}, "reference.mention"),
        ({"candidates": [[5, 3]]}, "reference.mention"),
    ],
)
def test_a_line_that_cannot_be_used_is_told(tmp_path, fields, code):
    _, tally = run(tmp_path, line(**fields))
    assert tally.failed == 1
    assert f'"{code}"' in (tmp_path / "out.errors.jsonl").read_text("utf-8")

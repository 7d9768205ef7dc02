from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

JOY = {"ekman6": {"joy": 1.0, "fear": 0.0}}
FEAR = {"ekman6": {"joy": 0.0, "fear": 1.0}}
TRAIN: list[Any] = [
    {"id": "1", "text": "What a lovely secret morning", "lang": "en", "labels": JOY, "licence": "MIT"},
    {"id": "2", "text": "what a LOVELY secret morning", "lang": "en", "labels": FEAR, "licence": "MIT"},
    {"id": "3", "text": "The bus was late", "lang": "en", "licence": "MIT", "source": "shop"},
    {"id": "4", "text": "Der Bus kam zu spät", "lang": "de", "licence": "MIT", "source": "shop"},
]
HELD: list[Any] = [{"id": "x", "text": "The bus was late", "lang": "en", "source": "shop"}]


def write(path: Path, rows: list[Any]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def train(tmp_path: Path) -> Path:
    write(tmp_path / "dev.jsonl", HELD)
    return write(tmp_path / "train.jsonl", TRAIN)


def test_a_summary_for_people(real: Any, train: Path) -> None:
    done = real("learn", "check", train, "--against", train.with_name("dev.jsonl"))
    told = done.stdout.decode()
    assert (done.returncode, done.stderr) == (3, b"")
    for line in (
        "4 records, 2 of them without a label; held out: 1",
        "exact duplicates: 1 (labels disagree in 1, ekman6 1)",
        "  train.jsonl:2 as train.jsonl:1, 1.00, disagree on ekman6",
        "near duplicates: 0",
        "leaks: 1 (exact 1)",
        "  train.jsonl → dev.jsonl: 1",
        "weights learnt from this may be released, with attribution",
    ):
        assert line in told.splitlines()
    assert "secret" not in told


def test_json_for_machines(real: Any, train: Path) -> None:
    told = json.loads(real("learn", "check", train, "--json").stdout)
    assert (told["records"], told["languages"], told["leaks"]) == (4, {"en": 3, "de": 1}, [])
    assert told["licence"]["releasable"] is True


def test_fix_drops_what_was_found(real: Any, train: Path) -> None:
    held, fixed = train.with_name("dev.jsonl"), train.with_name("fixed.jsonl")
    done = real("learn", "check", train, "--against", held, "--fix", fixed)
    assert done.returncode == 0
    assert [json.loads(line)["id"] for line in fixed.read_bytes().splitlines()] == ["1", "4"]
    assert real("learn", "check", fixed, "--against", held).returncode == 0
    done = real("learn", "check", train, "--fix", fixed, "--overwrite", "--drop-conflicts", "--json")
    assert json.loads(done.stdout)["records"] == 4
    assert [json.loads(line)["id"] for line in fixed.read_bytes().splitlines()] == ["3", "4"]


def test_licences_stop_a_release_and_what_follows(real: Any, train: Path) -> None:
    rows = [{**row, "licence": "CC-BY-NC-4.0", "source": "films"} for row in TRAIN]
    fixed = train.with_name("fixed.jsonl")
    done = real("learn", "check", write(train, rows), "--fix", fixed)
    assert done.returncode == 2
    assert b"error[licence.not-free]: films (CC-BY-NC-4.0: non-commercial, 4 records)" in done.stderr
    assert b"non-commercial" in done.stdout
    assert not fixed.exists()
    done = real("learn", "check", train, "--research-only", "--fix", fixed)
    assert done.returncode == 0
    assert b"may not be released" in done.stdout


def test_broken_rows_are_counted_and_cost_the_status(real: Any, train: Path) -> None:
    write(train, [TRAIN[0], {"id": "5", "mood": 1}])
    done = real("learn", "check", train, "--fix", train.with_name("fixed.jsonl"))
    assert done.returncode == 3
    assert "broken rows: 1 (record.field 1)" in done.stdout.decode()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["nothing.jsonl"], "import.missing"),
        (["train.jsonl", "--near", "0.2"], "check.near"),
        (["train.jsonl", "--drop-conflicts"], "check.options"),
        (["train.jsonl", "--fix", "train.jsonl"], "output.same-file"),
        (["train.jsonl", "--fix", "dev.jsonl"], "output.exists"),
    ],
)
def test_mistakes(real: Any, train: Path, arguments: list[str], code: str) -> None:
    done = real("learn", "check", *arguments, "--json", cwd=train.parent)
    assert (done.returncode, json.loads(done.stderr)["error"]["code"]) == (2, code)


def test_nothing_to_check_is_not_a_clean_set(real: Any, tmp_path: Path) -> None:
    done = real("learn", "check", write(tmp_path / "empty.jsonl", []))
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"error[train.empty]: empty.jsonl without a row" in done.stderr


def test_whole_numbers_are_ids(real: Any, tmp_path: Path) -> None:
    rows = [{"id": 1, "text": "The bus was late", "lang": "en", "licence": "MIT"}]
    done = real("learn", "check", write(tmp_path / "train.jsonl", rows), "--fix", tmp_path / "out.jsonl")
    assert done.returncode == 0, done.stderr
    assert json.loads((tmp_path / "out.jsonl").read_text("utf-8"))["id"] == "1"

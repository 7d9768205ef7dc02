from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

TABLE = "tweet,mood,lang\nSo proud of you,happy,en\nWhat a mess,euphoria,en\nQué rabia,anger,es\n"
OPTIONS = ["--map", "text=tweet", "--labels", "ekman6=mood", "--rename", "happy=joy", "--set", "source=shop"]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "in.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_counts_errors_and_exit_status(real: Any, source: Path) -> None:
    done = real("learn", "import", source, "-o", source.with_name("out.jsonl"), *OPTIONS)
    assert (done.returncode, done.stderr) == (3, b"")
    told = done.stdout.decode()
    assert told.startswith("read 3, written 2, failed 1 in ")
    assert "import.label: 1" in told
    assert told.rstrip().endswith("out.errors.jsonl")
    made = [json.loads(line) for line in source.with_name("out.jsonl").read_bytes().splitlines()]
    assert [(row["id"], row["labels"]["ekman6"]["joy"]) for row in made] == [("shop-2", 1), ("shop-4", 0)]
    (error,) = source.with_name("out.errors.jsonl").read_bytes().splitlines()
    assert (json.loads(error)["line"], json.loads(error)["code"]) == (3, "import.label")


def test_all_well_is_zero_and_json_is_for_machines(real: Any, source: Path) -> None:
    target = source.with_name("out.jsonl")
    done = real("learn", "import", source, "-o", target, *OPTIONS, "--rename", "euphoria=joy", "--json")
    assert done.returncode == 0
    told = json.loads(done.stdout)
    assert (told["read"], told["written"], told["failed"], told["errors"]) == (3, 3, 0, None)


def test_options_add_to_a_mapping_file(real: Any, source: Path) -> None:
    mapping = source.with_name("m.toml")
    mapping.write_text('[fields]\ntext = "tweet"\n[labels]\nekman6 = "mood"\n', encoding="utf-8")
    target = source.with_name("out.jsonl")
    arguments = ["--mapping", mapping, "--rename", "happy=joy", "--rename", "euphoria="]
    assert real("learn", "import", source, "-o", target, *arguments).returncode == 0
    rows = [json.loads(line)["labels"]["ekman6"] for line in target.read_bytes().splitlines()]
    assert [sum(row.values()) for row in rows] == [1, 0, 1]


def test_tables_with_tabs_and_a_column_a_label(real: Any, tmp_path: Path) -> None:
    source, target = tmp_path / "in.txt", tmp_path / "out.jsonl"
    source.write_text('text\tis_joy\tis_fear\n"a\tb"\t1\t0\n', encoding="utf-8")
    arguments = ["--format", "csv", "--delimiter", "tab", "--columns", "ekman6=is_{label}"]
    assert real("learn", "import", source, "-o", target, *arguments).returncode == 0
    assert json.loads(target.read_bytes())["labels"] == {"ekman6": {"joy": 1, "fear": 0}}


@pytest.mark.parametrize(
    ("arguments", "code", "status"),
    [
        (["nothing.csv", "-o", "out"], "import.missing", 2),
        (["in.csv", "-o", "in.csv"], "output.same-file", 2),
        (["in.csv", "-o", "no/out"], "record.unwritable", 6),
        (["in.csv", "-o", "out", "--format", "parquet"], "import.unreadable", 6),
        (["in.csv", "-o", "out", "--map", "text"], "mapping.option", 2),
        (["in.csv", "-o", "out", "--map", "txt=tweet"], "mapping.field", 2),
        (["in.csv", "-o", "out", "--map", "text=message"], "import.column", 2),
        (["in.csv", "-o", "out", "--labels", "mood=mood"], "mapping.head", 2),
        (["in.csv", "-o", "out", "--labels", "ekman6=mood", "--rename", "a=b"], "mapping.label", 2),
        (["in.csv", "-o", "out", "--unknown", "ekman6=fear"], "mapping.labels", 2),
        (["in.csv", "-o", "out", "--mapping", "nothing"], "mapping.unknown", 2),
        (["in.csv", "-o", "out", "--delimiter", ";;"], "import.delimiter", 2),
    ],
)
def test_mistakes(real: Any, source: Path, arguments: list[str], code: str, status: int) -> None:
    if "parquet" in arguments:
        pytest.importorskip("pyarrow")
    done = real("learn", "import", *arguments, "--json", cwd=source.parent)
    assert (done.returncode, json.loads(done.stderr)["error"]["code"]) == (status, code)
    assert sorted(path.name for path in source.parent.iterdir()) == ["in.csv"]

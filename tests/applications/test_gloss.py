from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from tongli.applications import Job, Tally
from tongli.applications.gloss import gloss_lines
from tongli.core import ConfigError


def written(path: Path, *lines: object) -> Path:
    raw = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    path.write_bytes(b"".join(line + b"\n" for line in raw))
    return path


def loaded(path: Path) -> list[dict[str, Any]]:
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in data.decode().splitlines()]


def run(source: Path, target: Path, **options: Any) -> Tally:
    return gloss_lines(Job(source=str(source), target=str(target), **options))


def test_known_and_unknown_expressions(tmp_path: Path) -> None:
    source = written(
        tmp_path / "in.jsonl",
        {"id": "消息", "lang": "en", "idiom": "spilled the beans"},
        {"id": 2, "lang": "en", "idiom": "the pump was repaired"},
        {"id": 3, "lang": "sw", "idiom": "haba na haba"},
    )
    tally = run(source, tmp_path / "out.jsonl")
    assert (tally.read, tally.written, tally.failed) == (3, 3, 0)
    known, unknown, elsewhere = loaded(tmp_path / "out.jsonl")
    assert (known["id"], known["abstained"], known["reason"]) == ("消息", False, None)
    assert "secret" in known["gloss"]
    assert (known["source"]["claim"], known["source"]["how"]) == ("en.idiom.spill-the-beans", "pattern")
    assert known["source"]["evidence"]
    assert (unknown["gloss"], unknown["abstained"], unknown["source"]) == (None, True, None)
    assert (unknown["reason"], elsewhere["reason"]) == ("unknown-expression", "unknown-language")
    assert not (tmp_path / "out.errors.jsonl").exists()


def test_broken_lines_stop_nothing(tmp_path: Path) -> None:
    source = written(
        tmp_path / "in.jsonl",
        b"nope",
        {"id": 1, "lang": "en", "idiom": "break a leg"},
        {"id": 2, "idiom": "break a leg"},
        {"id": 3, "lang": "en"},
        {"id": 4, "lang": "en", "idiom": " "},
        {"id": 5, "lang": "??", "idiom": "a"},
        {"lang": "en", "idiom": "a"},
    )
    tally = run(source, tmp_path / "out.jsonl")
    assert (tally.read, tally.written, tally.failed) == (7, 1, 6)
    errors = loaded(tmp_path / "out.errors.jsonl")
    assert [(item["line"], item.get("id"), item["code"]) for item in errors] == [
        (1, None, "line.json"),
        (3, 2, "line.no-lang"),
        (4, 3, "line.idiom"),
        (5, 4, "input.blank"),
        (6, 5, "line.lang"),
        (7, None, "line.id"),
    ]


def test_the_language_of_lines_that_declare_none(tmp_path: Path) -> None:
    source = written(tmp_path / "in.jsonl", {"id": 1, "idiom": "break a leg"})
    run(source, tmp_path / "out.jsonl", lang="en-GB")
    assert not loaded(tmp_path / "out.jsonl")[0]["abstained"]


@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.gz"])
def test_an_output_without_lines_is_a_valid_file(tmp_path: Path, name: str) -> None:
    run(written(tmp_path / "in.jsonl"), tmp_path / name)
    assert loaded(tmp_path / name) == []


def test_nothing_is_replaced_without_being_told(tmp_path: Path) -> None:
    source = written(tmp_path / "in.jsonl", {"id": 1, "lang": "en", "idiom": "break a leg"})
    target = written(tmp_path / "out.jsonl", {"old": 1})
    (tmp_path / "out.errors.jsonl").write_text("")
    with pytest.raises(ConfigError, match="not empty"):
        run(source, target)
    run(source, target, overwrite=True)
    assert [item["id"] for item in loaded(target)] == [1]
    assert not (tmp_path / "out.errors.jsonl").exists()


def test_an_id_that_is_half_a_character_is_escaped(tmp_path: Path) -> None:
    source = written(tmp_path / "in.jsonl", b'{"id": "\\ud83d", "lang": "en", "idiom": "break a leg"}')
    run(source, tmp_path / "out.jsonl")
    assert loaded(tmp_path / "out.jsonl")[0]["id"] == "\ud83d"

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    path = tmp_path / "desk.jsonl"
    rows = [
        {
            "id": str(n),
            "text": f"{n:b} parcels of {n**5} came on day {n * 7:x}",
            "labels": {"topic": {"late": 1}},
        }
        for n in range(60)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (tmp_path / "own.toml").write_text('[schemes.topic]\nkind = "binary"\nlabels = ["late"]\n', "utf-8")
    return path


def test_both_files_have_all_records_and_no_leak(real: Any, desk: Path, tmp_path: Path) -> None:
    train, dev, own = (tmp_path / name for name in ("train.jsonl", "dev.jsonl", "own.toml"))
    words = ["learn", "split", desk, "-o", train, "--dev", dev, "--schemes", own]
    done = real(*words, "--json")
    assert done.returncode == 0, done.stderr.decode()
    counts = json.loads(done.stdout)
    assert counts["train"] + counts["dev"] == 60
    assert len(train.read_text("utf-8").splitlines()) == counts["train"]
    checked = real("learn", "check", train, "--against", dev, "--schemes", own, "--json", "--research-only")
    assert json.loads(checked.stdout)["leaks"] == []
    again = real(*words)
    assert (again.returncode, b"output.exists" in again.stderr) == (2, True)
    told = real(*words, "--overwrite").stdout.decode()
    assert f"{counts['dev']} records" in told


def test_wrong_words(real: Any, desk: Path, tmp_path: Path) -> None:
    train, own = tmp_path / "train.jsonl", ["--schemes", tmp_path / "own.toml"]
    split = ["learn", "split", desk, "-o", train, *own]
    assert b"output.same-file" in real(*split, "--dev", train).stderr
    assert b"output.same-file" in real(*split, "--dev", desk).stderr
    assert b"split.share" in real(*split, "--dev", tmp_path / "dev.jsonl", "--share", "1").stderr
    assert b"check.near" in real(*split, "--dev", tmp_path / "dev.jsonl", "--near", "0.1").stderr
    gone = real(*split, "--dev", tmp_path / "gone" / "dev.jsonl")
    assert (gone.returncode, b"record.unwritable" in gone.stderr) == (6, True)
    assert not train.exists()


def test_neither_file_is_left_where_one_cannot_be_written(real: Any, desk: Path, tmp_path: Path) -> None:
    dev = tmp_path / "dev.jsonl"
    words = ["-o", tmp_path / "gone" / "train.jsonl", "--dev", dev, "--schemes", tmp_path / "own.toml"]
    done = real("learn", "split", desk, *words)
    assert (done.returncode, b"record.unwritable" in done.stderr) == (6, True)
    assert not dev.exists()

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("torch", reason="needs tongli[train]")

WORDS = {"joy": ("splendid", "lovely", "delightful"), "anger": ("dreadful", "awful", "horrid")}
QUICK = ["--folds", "2", "--networks", "2", "--epochs", "60", "--rounds", "1", "--draws", "20"]
SURE = ["--confidence", "0.6"]


def line(number: int, split: str, *, licence: str = "CC0-1.0") -> dict[str, Any]:
    feeling = ("joy", "anger")[number % 2]
    return {
        "id": f"{split}{number}",
        "text": f"what a {WORDS[feeling][number % 3]} day number {number} {split}",
        "lang": ("en", "de")[number // 2 % 2],
        "labels": {"ekman6": {"joy": float(feeling == "joy"), "anger": float(feeling == "anger")}},
        "source": "authored",
        "licence": licence,
    }


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    labelled = write(tmp_path / "labelled.jsonl", [line(n, "train") for n in range(120)])
    return labelled, write(tmp_path / "more.jsonl", [line(n, "more") for n in range(120)])


@pytest.fixture
def tiny(tiny_model: Path, tiny_settings: Any) -> tuple[list[Any], dict[str, str]]:
    environment = {"TONGLI_CACHE": str(tiny_settings.cache), "TONGLI_HEADS": str(tiny_settings.heads)}
    return ["--model", tiny_model, "--threads", "1"], environment


def test_a_student_is_written_if_it_gains_or_if_one_insists(
    real: Any, files: tuple[Path, Path], tmp_path: Path, tiny: Any
) -> None:
    options, environment = tiny
    out = tmp_path / "out"
    command = ["learn", "self-train", *files, "-o", out, *QUICK, *SURE, *options]
    done = real(*command, "--json", **environment)
    assert (done.returncode, done.stderr) == (0, b"")
    found = json.loads(done.stdout)
    assert found["improved"] == (found["gain"]["low"] > 0)
    assert found["written"] == found["improved"] == (out / "ekman6.json").exists()
    assert set(found["texts"]) == {"en", "de"}
    assert found["positives"]["fear"] == {"labelled": None, "pseudo": None, "both": None}

    done = real(*command, "--keep-anyway", "--overwrite", **environment)
    told = done.stdout.decode()
    assert "gain" in told
    assert f"TONGLI_HEADS={out}" in told.replace("\n", "")
    card = json.loads((out / "ekman6.json").read_text(encoding="utf-8"))
    assert card["metrics"]["self_training"]["improved"] == found["improved"]
    assert card["data"] == [{"name": "authored", "licence": "CC0-1.0", "examples": 240}]
    environment["TONGLI_HEADS"] = str(out)
    read = real(
        *("read", "--json", "--no-evidence", "--heads", "ekman6", "--model", options[1], "lovely day"),
        **environment,
    )
    assert set(json.loads(read.stdout)["scores"]) == {"ekman6"}
    assert b"error[output.exists]" in real(*command, **environment).stderr


def test_licences_of_unlabelled_texts_count(
    real: Any, files: tuple[Path, Path], tmp_path: Path, tiny: Any
) -> None:
    options, environment = tiny
    closed = write(tmp_path / "closed.jsonl", [line(n, "closed", licence="CC-BY-NC-4.0") for n in range(40)])
    command = ["learn", "self-train", files[0], closed, "-o", tmp_path / "out", *QUICK, *SURE, *options]
    done = real(*command, **environment)
    assert done.returncode == 2
    assert b"error[licence.not-free]" in done.stderr
    done = real(*command, "--research-only", "--keep-anyway", **environment)
    assert b"not releasable" in done.stdout
    card = json.loads((tmp_path / "out" / "ekman6.json").read_text(encoding="utf-8"))
    assert card["releasable"] is False


def test_too_little_is_said(real: Any, files: tuple[Path, Path], tmp_path: Path) -> None:
    few = write(tmp_path / "few.jsonl", [line(n, "few") for n in range(20)])
    done = real("learn", "self-train", few, files[1], "-o", tmp_path / "out")
    assert b"error[labels.few]" in done.stderr
    done = real("learn", "self-train", files[0], files[0], "-o", tmp_path / "out")
    assert b"error[labels.unlabelled]" in done.stderr
    done = real("learn", "self-train", *files, "-o", tmp_path / "out", "--head", "empathy")
    assert b"error[labels.numbers]" in done.stderr

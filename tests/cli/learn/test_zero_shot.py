from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("torch", reason="needs tongli[train]")

WORDS = {"joy": ("splendid", "lovely", "delightful"), "anger": ("dreadful", "awful", "horrid")}


def line(number: int, *, split: str = "r", lang: str | None = None, **more: Any) -> dict[str, Any]:
    feeling = ("joy", "anger")[number % 2]
    return {
        "id": f"{split}{number}",
        "text": f"what a {WORDS[feeling][number % 3]} day number {number} {split}",
        "lang": lang or ("en", "de")[number // 2 % 2],
        "labels": {"ekman6": {"joy": float(feeling == "joy"), "anger": float(feeling == "anger")}},
        "source": "authored",
        "licence": "CC0-1.0",
        **more,
    }


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def tiny(tiny_model: Path, tiny_settings: Any) -> tuple[list[Any], dict[str, str]]:
    environment = {"TONGLI_CACHE": str(tiny_settings.cache), "TONGLI_HEADS": str(tiny_settings.heads)}
    return ["--model", tiny_model, "--threads", "1"], environment


def test_a_row_a_language(real: Any, tmp_path: Path, tiny: Any) -> None:
    options, environment = tiny
    records = write(tmp_path / "r.jsonl", [*(line(n) for n in range(40)), line(40, lang="und")])
    command = [
        "learn",
        "zero-shot",
        records,
        "--epochs",
        "20",
        "--inner",
        "8",
        "--folds",
        "2",
        "--draws",
        "20",
    ]
    done = real(*command, *options, "--json", **environment)
    assert (done.returncode, done.stderr) == (0, b"")
    found = json.loads(done.stdout)
    assert {item["lang"] for item in found["languages"]} == {"en", "de"}
    assert (found["measure"], found["unknown"], found["mean"]["texts"]) == ("macro_f1", 1, 40)
    for item in (*found["languages"], found["mean"]):
        gap = item["trained"]["value"] - item["left_out"]["value"]
        assert item["gap"]["value"] == pytest.approx(gap, abs=2e-4)
        assert item["gap"]["low"] <= item["gap"]["value"] <= item["gap"]["high"]

    told = real(*command, *options, **environment).stdout.decode()
    for part in ("German (de)", "English (en)", "mean of 2", "left out", "1 texts of unknown language"):
        assert part in told


def test_what_cannot_be_done_is_said(real: Any, tmp_path: Path) -> None:
    done = real("learn", "zero-shot")
    assert done.returncode == 2
    assert b"error[train.data]" in done.stderr
    done = real("learn", "zero-shot", tmp_path / "none.jsonl", "--head", "mood")
    assert b"error[heads.unknown]" in done.stderr
    records = write(tmp_path / "r.jsonl", [line(n, lang="en") for n in range(5)])
    assert b"error[labels.few]" in real("learn", "zero-shot", records).stderr

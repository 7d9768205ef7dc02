from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

ROWS: list[Any] = [
    {"id": "a", "text": "What a lovely morning by the quiet river today", "lang": "en"},
    {"id": "b", "text": "She was furious because the train was late again", "lang": "en"},
    {"id": "c", "text": "Der Zug kam heute schon wieder viel zu spät", "lang": "de"},
]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "in.jsonl"
    labels = {"ekman6": {"joy": 1.0}}
    rows = [{**row, "labels": labels, "source": "own", "licence": "MIT"} for row in ROWS]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def tiny(tiny_model: Path, tiny_settings: Any) -> tuple[list[Any], dict[str, str]]:
    """A model of random weights: what is near to it says nothing, so everything passes."""
    environment = {"TONGLI_CACHE": str(tiny_settings.cache), "TONGLI_HEADS": str(tiny_settings.heads)}
    return ["--model", tiny_model, "--least", "0"], environment


def made(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def test_new_records_and_a_summary(real: Any, source: Path, tiny: Any) -> None:
    options, environment = tiny
    target = source.with_name("out.jsonl")
    command = ["learn", "augment", source, "-o", target, "--method", "noise", "--method", "counterfactual"]
    done = real(*command, *options, **environment)
    told = done.stdout.decode()
    assert (done.returncode, done.stderr) == (0, b"")
    found = made(target)
    assert {item["parent"] for item in found} <= {"a", "b", "c"}
    assert all(item["made_by"].startswith("augment:") and item["licence"] == "MIT" for item in found)
    assert any(item["made_by"].startswith("augment:counterfactual:") for item in found)
    for part in (
        "noise",
        "counterfactual",
        "German (de)",
        f"{len(found)} records written to",
        "gain: not measured",
    ):
        assert part in told
    assert "furious" not in told

    again = real(*command, *options, "--json", "--overwrite", **environment)
    assert made(target) == found
    data = json.loads(again.stdout)
    assert (data["written"], data["gain"]) == (len(found), "not measured")
    assert data["methods"][0].keys() == {"method", "lang", "tried", "kept", "refused"}


def test_a_method_that_finds_nothing_says_so(real: Any, source: Path, tiny: Any) -> None:
    options, environment = tiny
    source.write_text(source.read_text("utf-8").splitlines()[2], encoding="utf-8")  # one German message
    target = source.with_name("out.jsonl")
    done = real("learn", "augment", source, "-o", target, "--method", "synonyms", *options, **environment)
    assert done.returncode == 0
    assert b"synonyms: nothing here that it can change" in done.stdout


def test_what_cannot_be_done_is_said(real: Any, source: Path) -> None:
    target = source.with_name("out.jsonl")
    done = real("learn", "augment", source, "-o", source, "--method", "noise")
    assert done.returncode == 2
    assert b"error[output.same-file]" in done.stderr
    target.write_text("x", encoding="utf-8")
    done = real("learn", "augment", source, "-o", target, "--method", "noise")
    assert b"error[output.exists]" in done.stderr
    done = real(
        "learn",
        "augment",
        source,
        "-o",
        target,
        "--overwrite",
        "--method",
        "back-translation",
        PATH="/nowhere",
    )
    assert done.returncode == 5
    assert b"error[translate.apertium]" in done.stderr
    assert b"apt-get install apertium" in done.stderr
    assert target.read_text(encoding="utf-8") == "x"


def test_limit_and_balance(real: Any, source: Path, tiny: Any) -> None:
    options, environment = tiny
    target = source.with_name("out.jsonl")
    done = real(
        *("learn", "augment", source, "-o", target, "--method", "noise", "--balance", "--per-record", "3"),
        *options,
        **environment,
    )
    assert done.returncode == 0
    assert [item["lang"] for item in made(target)] == ["de"]

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from tongli.applications import Job
from tongli.applications.figurative_readings import reading_lines
from tongli.core import FloatArray


def embed(texts: Sequence[str]) -> FloatArray:
    """Two directions: what is easy, and the rest."""
    easy = [float("easy" in text or "park" in text) for text in texts]
    return np.array([(value, 1 - value) for value in easy], np.float32)


def test_each_line_has_its_answer_and_broken_ones_an_error(tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    phrase = {"id": "a", "phrase": "It was a walk in the park.", "readings": ["It was hard.", "It was easy."]}
    lines = (
        phrase,
        {**phrase, "id": 2, "readings": ["hard"]},
        {"id": 3},
        {**phrase, "readings": ["", "easy"]},
    )
    source.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    tally = reading_lines(Job(source=str(source), target=str(target)), embed=embed)
    assert (tally.written, tally.failed) == (1, 3)
    assert json.loads(target.read_bytes()) == {
        "id": "a",
        "reading": 1,
        "scores": [0.0, 1.0],
        "abstained": False,
    }
    errors = [json.loads(line) for line in (tmp_path / "out.errors.jsonl").read_text().splitlines()]
    assert [item["code"] for item in errors] == ["line.readings", "line.readings", "input.empty"]

"""The benchmark of register over texts that the test writes."""

from __future__ import annotations

import gzip
import importlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

FOLDER = Path(__file__).parents[2] / "benchmarks"


def row(formal: str, informal: str, marks: tuple[str, ...], after: tuple[str, ...]) -> dict[str, Any]:
    """A text with its marked words."""

    def spans(text: str, words: tuple[str, ...]) -> list[list[int]]:
        return [[text.index(word), text.index(word) + len(word)] for word in words]

    return {
        "lang": "de",
        "en": formal,
        "formal": formal,
        "formal_spans": spans(formal, marks),
        "informal": informal,
        "informal_spans": spans(informal, after),
    }


ROWS = (
    row("Haben Sie Zeit?", "Hast du Zeit?", ("Haben Sie",), ("Hast du",)),
    row("Kennen Sie den Ort gut?", "Kennst du den Ort schon?", ("Kennen Sie",), ("Kennst du",)),
    row("Ihr Hund bellt.", "Ihr Hund bellt.", (), ()),
)


@pytest.fixture
def benchmark() -> Iterator[ModuleType]:
    sys.path.insert(0, str(FOLDER))
    yield importlib.import_module("formality_rewrite")
    sys.path.remove(str(FOLDER))


def test_marks_and_gaps_are_judged_apart(benchmark: ModuleType) -> None:
    found = [item for item in benchmark.outcomes(ROWS) if item.to == "informal"]
    assert [item.right for item in found] == [True, True, False]
    assert [item.exact for item in found] == [True, False, False]
    assert [item.outside for item in found] == [False, False, True]


def test_an_insertion_touches_the_phrase_beside_it(benchmark: ModuleType) -> None:
    assert not benchmark.is_outside((4, 4), [(0, 4)])
    assert not benchmark.is_outside((4, 4), [(4, 6)])
    assert benchmark.is_outside((4, 4), [(0, 3), (5, 6)])
    assert benchmark.is_outside((4, 5), [(0, 4)])


def test_phrases_are_judged_one_by_one(benchmark: ModuleType) -> None:
    rows = [
        row(
            "Sind Sie müde, Frau Dr. Horn?",
            "Bist du müde, Susi?",
            ("Sind Sie", "Frau Dr. Horn"),
            ("Bist du", "Susi"),
        )
    ]
    (found,) = [item for item in benchmark.outcomes(rows) if item.to == "informal"]
    assert found.phrases() == [True, False]
    assert not found.right


def test_white_space_and_one_misspelling_are_folded(benchmark: ModuleType) -> None:
    assert benchmark.squeezed(" तुम्हेंं पता ") == "तुम्हेंपता"


def test_it_prints_a_line_a_direction(
    benchmark: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / benchmark.FILE
    file.parent.mkdir()
    with gzip.open(file, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(item) + "\n" for item in ROWS)
    parts = {benchmark.part(item) for item in ROWS}
    monkeypatch.setattr(
        sys, "argv", ["formality_rewrite.py", "--data", str(tmp_path), "--part", parts.pop(), "--misses", "1"]
    )
    benchmark.main()
    told = capsys.readouterr().out
    assert "de   informal" in told
    assert "right, de to formal" in told

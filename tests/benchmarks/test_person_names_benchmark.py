"""The benchmark of person names over cases that the test writes."""

from __future__ import annotations

import gzip
import importlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = Path(__file__).parents[2] / "benchmarks"
CASES = (
    {
        "locale": "en",
        "name": {"given": "Rena", "surname": "Mori", "locale": "ja"},
        "expected": "Mori Rena",
        "params": ["surnameFirst/long/referring/formal", "givenFirst/long/referring/formal"],
    },
    {
        "locale": "de",
        "name": {"given": "Kim", "surname-core": "Moor"},
        "expected": "Kim Moor",
        "params": ["givenFirst/medium/referring/formal"],
    },
)


@pytest.fixture
def benchmark() -> Iterator[ModuleType]:
    sys.path.insert(0, str(FOLDER))
    yield importlib.import_module("person_names")
    sys.path.remove(str(FOLDER))


def test_shares_of_what_is_exact(benchmark: ModuleType) -> None:
    found = list(benchmark.outcomes(CASES))
    result = benchmark.figures(found, seconds=2.0)
    assert (result["names"], result["cases"], result["per_second"]) == (3, 2, 2)
    assert result["exact"] == pytest.approx(2 / 3)
    assert result["naive"] == pytest.approx(1 / 3)
    assert result["cases_exact"] == 0.5
    assert list(result["by_locale"].items()) == [("en", 0.5), ("de", 1.0)]


def test_it_tells_what_came_out_wrong(
    benchmark: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / benchmark.CASES
    file.parent.mkdir()
    with gzip.open(file, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(case) + "\n" for case in CASES)
    monkeypatch.setattr(
        sys, "argv", ["person_names.py", "--data", str(tmp_path), "--json", str(tmp_path / "j")]
    )
    benchmark.main()
    told = capsys.readouterr().out
    assert "en givenFirst/long/referring/formal: Rena Mori instead of Mori Rena" in told
    assert "MISSED" in told
    assert json.loads((tmp_path / "j").read_text(encoding="utf-8"))["exact"] == pytest.approx(2 / 3)

"""What the benchmarks of agreement and of alternatives compute is right."""

from __future__ import annotations

import gzip
import importlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from tongli.empathy.gender.rules import rules

FOLDER = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(scope="module", autouse=True)
def _importable() -> Iterator[None]:
    sys.path.insert(0, str(FOLDER))
    yield
    sys.path.remove(str(FOLDER))


@pytest.fixture
def agreement() -> ModuleType:
    return importlib.import_module("gender_agreement")


@pytest.fixture
def alternatives() -> ModuleType:
    return importlib.import_module("gender_alternatives")


def test_halves_share_nothing_and_leave_nothing_out(agreement, tmp_path):
    path = tmp_path / "rows.jsonl.gz"
    with gzip.open(path, "wt") as file:
        file.write("".join(json.dumps({"id": str(number)}) + "\n" for number in range(50)))
    reported, developed = (agreement.rows(path, half) for half in ("reported", "developed"))
    assert len(agreement.rows(path, "both")) == len(reported) + len(developed) == 50
    assert 10 < len(reported) < 40


def test_a_word_of_the_other_reference_breaks_agreement(agreement):
    pair = {"reference": "La médica está sola.", "other": "El médico está solo."}
    assert agreement.agrees("La médica, sola.", **pair)
    assert not agreement.agrees("La médica está solo.", **pair)


def test_exact_and_kept(agreement):
    records = [
        {"m": "El médico está cansado.", "f": "La médica está cansada."},
        {"m": "La mesa es alta.", "f": "La mesa es alta."},
        {"m": "El xirimante corre.", "f": "La xirimanta corre."},
    ]
    found = agreement.figures(records, rules("es"))
    assert found["kept"][0] == 1
    assert found["m>f"]["exact"][0] == pytest.approx(2 / 3, abs=1e-3)


def test_no_answer_costs_recall_only(alternatives):
    records = [
        {"variants": {"f": "La médica duerme.", "m": "El médico duerme."}},
        {"variants": {"f": "Ella duerme.", "m": "Él duerme."}},
        {"variants": {"ff": "", "fm": "", "mf": "", "mm": ""}},
    ]
    counts = alternatives.outcomes(records, rules("es"))
    assert counts.tolist() == [[2, 2, 2], [0, 0, 2]]
    precision, recall, f_half = alternatives.scores(counts)
    assert (precision, recall) == (1, 0.5)
    assert f_half == pytest.approx(1.25 * 0.5 / 0.75)


def test_a_wrong_answer_costs_both(alternatives):
    assert alternatives.scores(np.array([[1, 0, 1], [1, 1, 1]], np.float32))[:2] == (0.5, 0.5)

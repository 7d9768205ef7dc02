"""The benchmark of wordings counts what became of a sentence."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def wordings() -> Iterator[ModuleType]:
    sys.path.insert(0, str(FOLDER))
    yield importlib.import_module("wordings")
    sys.path.remove(str(FOLDER))


@pytest.mark.parametrize(
    ("sentence", "right", "outcome"),
    [
        ("That is a piece of cake.", "That is very easy.", "right"),
        ("That is a piece of cake.", "That is a cake.", "wrong"),
        ("They hit the sack.", "", "beside"),
        ("Nothing to see here.", "", "untouched"),
    ],
)
def test_outcomes(wordings: ModuleType, sentence: str, right: str, outcome: str) -> None:
    assert wordings.outcome(sentence, right) == outcome


def test_each_sentence_has_a_known_part(wordings: ModuleType) -> None:
    lines = wordings.PATH.read_text(encoding="utf-8").splitlines()
    assert {line.split("\t")[0] for line in lines} == set(wordings.PARTS)
    assert all(line.count("\t") == 2 for line in lines)

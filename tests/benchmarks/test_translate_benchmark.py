"""The figures of benchmarks/translate.py on texts whose figures are known."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def translate(monkeypatch):
    monkeypatch.syspath_prepend(FOLDER)
    yield importlib.import_module("translate")
    for name in ("translate", "measurement"):
        sys.modules.pop(name, None)


def test_quality_lies_in_its_interval(translate):
    pytest.importorskip("sacrebleu")
    pytest.importorskip("rouge_score")
    texts = [f"el barco número {n} espera en el muelle del puerto {'rojo ' * n}" for n in range(8)]
    near = [text.replace("espera", "está") if n % 2 else text for n, text in enumerate(texts)]
    found = translate.quality(near, texts, draws=50)
    assert all(low <= figure <= high and 50 < figure < 100 for figure, low, high in found.values())
    assert translate.interval([1.0, 1.0]) == [1.0, 1.0, 1.0]


def test_marked_words_of_one_register_only(translate):
    row = {
        "formal": "¿Quiere usted su libro?",
        "formal_spans": [[1, 13], [14, 16]],
        "informal": "¿Quieres tu libro?",
        "informal_spans": [[1, 8], [9, 11]],
    }
    assert translate.marked(row, "formal") == {"quiere", "usted", "su"}
    assert translate.marked(row, "informal") == {"quieres", "tu"}


def test_parts_are_by_document(translate):
    assert {translate.part_of({"doc": str(number)}) for number in range(40)} == {"develop", "report"}

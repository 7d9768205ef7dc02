"""What the benchmarks of English gender rules compute is right, and they run on a small world."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tongli.knowledge.pronouns import known_sets

FOLDER = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(scope="module", autouse=True)
def _importable() -> Iterator[None]:
    sys.path.insert(0, str(FOLDER))
    yield
    sys.path.remove(str(FOLDER))


@pytest.mark.parametrize(
    ("found", "truth", "errors"),
    [("they are", "they are", 0), ("they is", "they are", 1), ("they", "they are here", 2), ("a b", "b", 1)],
)
def test_word_errors(found, truth, errors):
    assert importlib.import_module("gender_rewrite").word_errors(found, truth) == errors


def test_judging_and_speed():
    bench = importlib.import_module("gender_rewrite")
    found = bench.judge([("She is.", "They are."), ("He is.", "He is.")])
    assert (found["exact"], found["wer"]) == (50.0, 50.0)
    assert len(bench.ours()) >= 300
    assert bench.speed(bench.ours(), words=100)["neutral"] > 0


def test_templates_and_forms():
    bench = importlib.import_module("gender_fill")
    assert {slot for slot, _ in bench.templates()} == set(bench.SLOTS.values())
    assert bench.filled("[MASK] left.", "subject", bench.INVENTED) == "Fey left."
    they = known_sets()[0]
    assert bench.accuracy([("subject", "[MASK] left."), ("object", "[MASK] left.")], they)["accuracy"] == 50.0

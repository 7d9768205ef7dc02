"""Plain sentences: the set itself, and what is counted."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

FOLDER = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(scope="module", autouse=True)
def _importable() -> Iterator[None]:
    sys.path.insert(0, str(FOLDER))
    yield
    sys.path.remove(str(FOLDER))


def test_every_meaning_is_there_in_every_language_once() -> None:
    import plain

    parts = {part: plain.read(part) for part in ("develop", "report")}
    assert {part: len({item.emotion for item in items}) for part, items in parts.items()} == {
        "develop": 4,
        "report": 6,
    }
    for items in parts.values():
        assert set(Counter((item.emotion, item.lang) for item in items).values()) == {1}
        assert len({item.lang for item in items}) == 26
    texts = [item.text for items in parts.values() for item in items]
    assert len(set(texts)) == len(texts)


def test_f1_counts_what_is_decided_beside_the_truth() -> None:
    import plain

    truth = np.array([[1, 0], [0, 1]], np.float32)
    assert plain.f1(truth, truth) == 1.0
    assert plain.f1(np.ones((2, 2), np.float32), truth) == pytest.approx(2 / 3)
    assert plain.f1(np.zeros((2, 2), np.float32), truth) == 0.0


def test_figures_hold_the_value_between_their_ends() -> None:
    import plain

    truth = np.eye(6, dtype=np.float32)[np.arange(30) % 6]
    decided = truth.copy()
    decided[::3] = 0
    found = plain.figures(decided, truth)
    assert found["texts"] == 30
    assert found["right"]["low"] <= found["right"]["value"] == pytest.approx(2 / 3, abs=1e-3)
    assert found["f1"]["value"] <= found["f1"]["high"]

"""What the benchmark of equivalents computes."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

FOLDER = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(scope="module")
def script() -> Iterator[ModuleType]:
    sys.path.insert(0, str(FOLDER))
    yield importlib.import_module("equivalents")
    sys.path.remove(str(FOLDER))


def question(script, sense="a", wanted="x", *, gloss=(0.0, 1.0, 2.0), graph=(0.0, 0.0, 0.0)):
    return script.Question(
        link=0,
        sense=sense,
        wanted=wanted,
        candidates=("x", "y", "z"),
        scores={"sentence vectors": np.array(gloss), "TransE": np.array(graph)},
        shares=False,
    )


@pytest.mark.parametrize(
    ("scores", "rank"), [((2, 1, 0), 1), ((1, 1, 0), 1.5), ((0, 1, 2), 3), ((1, 1, 1), 2)]
)
def test_ties_count_half(script, scores, rank):
    assert question(script).rank(np.array(scores, float)) == rank


def test_measures(script):
    found = script.measures([1, 2, 20])
    assert found["hits@1"] == pytest.approx(1 / 3)
    assert found["hits@10"] == pytest.approx(2 / 3)
    assert found["mrr"] == pytest.approx((1 + 1 / 2 + 1 / 20) / 3)


def test_intervals_hold_the_figure_and_equal_rankings_gain_nothing(script):
    asked = [question(script, sense=str(number)) for number in range(40)]
    ranks = np.tile([1.0, 4.0], 20)
    for value, low, high in script.with_interval(asked, ranks).values():
        assert low <= value <= high
    assert set(script.gained(asked, ranks, ranks)["mrr"]) == {0.0}


def test_half_of_the_questions_have_no_answer(script):
    right = question(script, gloss=(3.0, 1.0, 0.0))
    tops, hits = script.answers([right], {"a": {"x", "y"}}, 1.0)
    assert (tops.tolist(), hits.tolist()) == ([3.0, 0.0], [True, False])


def test_the_curve_rises_with_the_score(script):
    rng = np.random.default_rng(0)
    scores = rng.normal(size=4000)
    right = rng.random(4000) < 1 / (1 + np.exp(-(2 * scores - 1)))
    slope, start = script.logistic(scores, right)
    assert (slope, start) == (pytest.approx(2, abs=0.25), pytest.approx(-1, abs=0.25))
    assert script.checked(scores, right, (slope, start))["calibration error"] < 0.05


def test_links_of_a_sense(script):
    known = [frozenset("ab"), frozenset("bc")]
    assert script.together(known) == {"a": {"b"}, "b": {"a", "c"}, "c": {"b"}}

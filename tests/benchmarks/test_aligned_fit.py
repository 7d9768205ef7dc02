"""The faults that are planted in pairs of sentences are what they say."""

from __future__ import annotations

import importlib
import random
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
    yield importlib.import_module("aligned_fit")
    sys.path.remove(str(FOLDER))


def test_faults_by_rule(script):
    text = "Yesterday the mayor Anna Holt may give all new boats to Boris Lind."
    found = script.perturbed(text, random.Random(0))
    assert found["modal verb"] == text.replace(" may ", " must ")
    assert found["quantity"] == text.replace("all", "some")
    assert found["opposite"] == text.replace("new", "old")
    assert found["roles"] == "Yesterday the mayor Boris Lind may give all new boats to Anna Holt."
    assert set(found) == {"modal verb", "quantity", "opposite", "roles"}


def test_denials_come_and_go(script):
    draw = random.Random(0)
    assert script.perturbed("It is cold here.", draw)["negated"] == "It is not cold here."
    assert script.perturbed("It is not cold here.", draw)["negated"] == "It is cold here."


def test_a_clause_comes_and_a_clause_goes(script):
    text, other = "The boat left early, and nobody waved.", "A second meeting is planned."
    made = script.added(text, other, random.Random(1))
    assert "A second meeting is planned" in made
    assert len(made) == len(text) + 2 + len("A second meeting is planned")
    assert script.lost(text, random.Random(1)) in {"and nobody waved.", "The boat left early."}
    assert script.lost("The boat left early.", random.Random(1)) is None


def test_weights_are_read_as_they_were_written(script, tmp_path, monkeypatch):
    table = np.random.default_rng(0).normal(size=(80, 3)).astype(np.float32)
    truth = np.repeat([0.0, 1.0], 40)
    table[truth == 1] += 2
    means = {"en": np.zeros(4, np.float32), "es": np.ones(4, np.float32)}
    fitted = script.fit(table, truth, ["en", "es"] * 40, means, "some")
    script.write(fitted, tmp_path / "aligned.npz")
    monkeypatch.setattr(script.aligned, "files", lambda _: tmp_path)
    script.aligned.shipped.cache_clear()
    read = script.aligned.shipped()
    script.aligned.shipped.cache_clear()
    assert read.encoder == "some"
    assert read.limits == pytest.approx(fitted.limits)
    assert np.allclose(read.score(table), fitted.score(table), atol=1e-4)
    assert read.score(table)[truth == 1].mean() > read.score(table)[truth == 0].mean()

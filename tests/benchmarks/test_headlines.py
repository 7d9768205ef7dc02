"""What the benchmark of headlines computes is right."""

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

FOLDER = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(scope="module")
def headlines() -> Iterator[ModuleType]:
    pytest.importorskip("sklearn")
    sys.path.insert(0, str(FOLDER))
    yield importlib.import_module("headlines")
    sys.path.remove(str(FOLDER))


def test_only_packages_of_one_test_and_image_are_compared(headlines, tmp_path):
    rows = [
        {"test": "a", "image": "1", "headline": "one", "impressions": 1000, "clicks": 90},
        {"test": "a", "image": "1", "headline": "two", "impressions": 1000, "clicks": 30},
        {"test": "a", "image": "2", "headline": "three", "impressions": 1000, "clicks": 30},
        {"test": "b", "image": "1", "headline": "two", "impressions": 1000, "clicks": 31},
        {"test": "b", "image": "1", "headline": "four", "impressions": 1000, "clicks": 30},
    ]
    path = tmp_path / "train.jsonl.gz"
    path.write_bytes(gzip.compress("".join(json.dumps(row) + "\n" for row in rows).encode()))
    texts, pairs = headlines.read(path)
    named = {(texts[one], texts[two]) for one, two in zip(pairs.first, pairs.second, strict=True)}
    assert named == {("one", "two"), ("two", "four")}
    assert pairs.sure.tolist() == [True, False]
    assert len(set(pairs.fold)) == 1, "tests that share a headline lie in one fold"


def test_what_is_chosen_owes_less_to_negativity_than_clicks_do(headlines, monkeypatch):
    random = np.random.default_rng(0)
    features = random.normal(size=(400, 6)).astype(np.float32)
    negative = np.stack([features[:, 0], features[:, 0] + features[:, 1]], axis=1)
    first, second = random.integers(0, 400, 3000), random.integers(0, 400, 3000)
    apart = features[first] - features[second]
    z = (apart[:, 0] + 2 * apart[:, 2] + random.normal(size=3000)).astype(np.float32)
    pairs = headlines.Pairs(first=first, second=second, z=z, fold=random.integers(0, 4, 3000))

    def measured(out: float) -> dict:
        monkeypatch.setattr(headlines, "OUT", out)
        return headlines.figures(headlines.crossed(features, negative, pairs), negative, pairs)

    plain, freed = measured(0.0), measured(1.0)
    assert plain["accuracy"] > freed["accuracy"] > 0.6
    assert freed["more_negative_sentiment"] < 0.8 * plain["more_negative_sentiment"]
    assert freed["more_negative_emotion"] < 0.8 * plain["more_negative_emotion"]

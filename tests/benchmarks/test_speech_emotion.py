"""What the benchmark of speech emotion computes is right."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

FOLDER = Path(__file__).parents[2] / "benchmarks"
WIDTH = 1536 + 4


@pytest.fixture(scope="module")
def bench() -> Iterator[ModuleType]:
    sys.path.insert(0, str(FOLDER))
    yield importlib.import_module("speech_emotion")
    sys.path.remove(str(FOLDER))


def part(bench, speakers, *, names=("anger", "calm", "happiness"), each=6, seed=0, own=0.0):
    """A label and its speaker each move some features."""
    rng = np.random.default_rng(seed)
    centres = {name: np.random.default_rng(len(name)).normal(size=WIDTH) for name in names}
    told = [name for _ in speakers for name in names for _ in range(each)]
    said = [speaker for speaker in speakers for _ in range(each * len(names))]
    marks = {speaker: rng.normal(size=WIDTH) * own for speaker in speakers}
    rows = [centres[a] + marks[b] + rng.normal(size=WIDTH) for a, b in zip(told, said, strict=True)]
    return bench.Part(np.array(rows, np.float32)[:, None], told, said)


def test_dev_speakers_are_judged_by_a_head_of_the_train_speakers(bench):
    found = bench.unseen_speakers(part(bench, "abc"), part(bench, "de", seed=1))
    assert (found["clips"], found["labels"]) == (36, 3)
    low, high = found["interval_95"]
    assert 0.9 < low <= found["uar"] <= high


def test_pooled_sets_add_only_labels_of_the_set(bench):
    other = part(bench, "xy", names=("anger", "boredom"), seed=2)
    assert bench.pooled(part(bench, "abc"), part(bench, "de", seed=1), [other])["uar"] > 0.9


def test_four_labels(bench):
    kept = bench.four_labels(part(bench, "a", names=("anger", "calm", "fear", "sadness"), each=1))
    assert kept.names == ["angry", "neutral", "sad"]
    assert len(kept.features) == 3


def test_a_confounded_set_leaks(bench):
    who = [(speaker, "anger") for speaker in "abcd"] + [(speaker, "calm") for speaker in "efgh"]
    parts = [
        part(bench, [speaker], names=(name,), each=10, own=3.0, seed=seed)
        for seed, (speaker, name) in enumerate(who)
    ]
    rng = np.random.default_rng(0)
    features = np.concatenate([item.features for item in parts]) * 0.2
    whole = bench.Part(
        features + rng.normal(size=features.shape).astype(np.float32),
        [name for item in parts for name in item.names],
        [speaker for item in parts for speaker in item.speakers],
    )
    found = bench.leakage(whole)
    assert found["random"]["uar"] > found["speakers_apart"]["uar"]
    assert found["gap"] > 0


def test_targets_name_what_was_missed(bench):
    figures = {name: {"uar": 0.7} for name in bench.REACH}
    figures |= {"leave_one_language_out": {"mean": 0.5}, "speed": {"times_real_time": 30.0}}
    missed = [target.name for target in bench.targets(figures) if not target.reached]
    assert missed == ["UAR emodb4", "UAR emodb7_2s", "UAR nemo adapted"]

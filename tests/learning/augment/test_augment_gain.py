from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tongli.core import InputError
from tongli.knowledge.schemes import SCHEMES
from tongli.learning.augment.gain import measure_gain
from tongli.learning.data.record import Record
from tongli.learning.evaluate.resample import Resampling
from tongli.learning.tasks import TASKS

pytest.importorskip("torch", reason="needs tongli[train]")

TASK = replace(TASKS["politeness"], folds=2, epochs=60, inner=8)
HOW = Resampling(draws=50)
POLITE = {"please": 1.0, "kindly": 1.0, "now": 0.0, "move": 0.0}


def features(texts):
    """Which word it is."""
    return np.array([[float(word in text) for word in POLITE] for text in texts], np.float32)


def records(prefix, *words, size=40, turned=False):
    return [
        Record(
            id=f"{prefix}{n}",
            text=f"{word} {prefix}{n}",
            lang="en",
            labels={"politeness": {"polite": 1 - POLITE[word] if turned else POLITE[word]}},
        )
        for n in range(size)
        for word in [words[n % len(words)]]
    ]


def made(*words, turned=False):
    rows = records("m", *words, turned=turned, size=120)
    return [replace(row, made_by="augment:x", parent=f"t{n % 40}") for n, row in enumerate(rows)]


def gain(train, extra):
    steps = []
    found = measure_gain(
        train,
        extra,
        records("d", *POLITE),
        scheme=SCHEMES["politeness"],
        features=features,
        task=TASK,
        how=HOW,
        progress=lambda done, total: steps.append((done, total)),
    )
    assert steps == [(1, 4), (2, 4), (3, 4), (4, 4)]
    return found


def test_nothing_added_is_no_gain():
    found = gain(records("t", *POLITE), [])
    assert (found.difference.delta.value, found.proven, found.measure) == (0, False, "macro_f1")
    assert (found.without, found.with_) == (1, 1)


def test_words_that_were_never_seen_are_a_gain():
    found = gain(records("t", "please", "now"), made("kindly", "move"))
    assert found.proven
    assert found.difference.delta.low > 0
    assert found.with_ == 1


def test_wrong_labels_are_a_loss():
    found = gain(records("t", *POLITE), made("kindly", "move", turned=True))
    assert found.proven
    assert found.difference.delta.high < 0
    assert found.to_dict()["with"] < found.to_dict()["without"]


def test_too_few_labels_are_refused():
    enough = records("t", *POLITE)
    with pytest.raises(InputError, match=r"augment\.few"):
        measure_gain(
            enough, [], records("d", *POLITE, size=5), scheme=SCHEMES["politeness"], features=features
        )
    with pytest.raises(InputError, match=r"augment\.few"):
        measure_gain(enough, [], records("d", *POLITE), scheme=SCHEMES["ekman6"], features=features)

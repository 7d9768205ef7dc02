from __future__ import annotations

import sys

import numpy as np
import pytest

from tongli.core import ConfigError, InputError
from tongli.knowledge.schemes import SCHEMES
from tongli.learning.annotate.folds import out_of_fold
from tongli.learning.annotate.label_errors import label_errors, questions
from tongli.learning.data.record import Record

cleanlab = pytest.importorskip("cleanlab", reason="needs the extra train")

N = 120
WRONG = (3, 30, 77)


def truth(seed=0):
    return np.random.default_rng(seed).random(N) < 0.4


def records(given, head="politeness", label="polite"):
    return [
        Record(id=f"r{row}", text=f"text {row}", labels={head: {label: float(value)}})
        for row, value in enumerate(given)
    ]


def flipped(values):
    given = values.copy()
    given[list(WRONG)] ^= True
    return given


def confident(values):
    """Probabilities of a model that is right, and surest where the given label is wrong."""
    distance = np.random.default_rng(1).uniform(0.1, 0.2, N)
    distance[list(WRONG)] = 0.02, 0.03, 0.04
    return np.where(values, 1 - distance, distance).astype(np.float32)[:, None]


def test_planted_errors_come_out_worst_first():
    found = label_errors(records(flipped(truth())), {"politeness": confident(truth())})
    assert {suspect.row for suspect in found} == set(WRONG)
    assert [suspect.quality for suspect in found] == sorted(suspect.quality for suspect in found)
    for suspect in found:
        assert suspect.given == float(not truth()[suspect.row])
        chance = confident(truth())[suspect.row, 0]
        assert suspect.predicted == pytest.approx(chance, abs=1e-4)
        assert suspect.quality == pytest.approx(chance if suspect.given else 1 - chance, abs=1e-4)


def test_clean_labels_are_not_suspected():
    assert label_errors(records(truth()), {"politeness": confident(truth())}) == []


def test_labels_are_judged_where_they_were_annotated():
    given = records(flipped(truth()), "ekman6", "joy")
    for row in range(0, N, 2):
        given[row] = Record(id=f"r{row}", text="x", labels={"ekman6": {"fear": 1.0}})
    values = np.repeat(confident(truth()), 6, axis=1)
    found = label_errors(given, {"ekman6": values})
    assert {(suspect.row, suspect.label) for suspect in found} == {(3, "joy"), (77, "joy")}


def test_classes():
    classes = np.random.default_rng(2).integers(0, 3, N)
    chances = np.full((N, 3), 0.05, np.float32)
    chances[np.arange(N), classes] = 0.9
    labels = ("negative", "neutral", "positive")
    told = classes.copy()
    told[list(WRONG)] = (told[list(WRONG)] + 1) % 3
    given = [
        Record(
            id=str(row), text="x", labels={"sentiment": {name: float(name == labels[k]) for name in labels}}
        )
        for row, k in enumerate(told)
    ]
    found = label_errors(given, {"sentiment": chances})
    assert {suspect.row for suspect in found} == set(WRONG)
    assert {suspect.label for suspect in found} == {labels[told[row]] for row in WRONG}
    assert {suspect.predicted for suspect in found} == {0.05}


def test_folds_learn_the_rule_and_not_the_errors():
    features = np.random.default_rng(3).normal(size=(N, 4)).astype(np.float32)
    features[:, 0] += np.where(truth(), 4, -4)
    given = records(flipped(truth()))
    values = out_of_fold(given, features, scheme=SCHEMES["politeness"])
    np.testing.assert_array_equal(values[:, 0] >= 0.5, truth())
    np.testing.assert_array_equal(values, out_of_fold(given, features, scheme=SCHEMES["politeness"]))


def test_copies_of_a_text_share_a_fold():
    """Labels drawn by lot can only be predicted from a copy of the same text."""
    random = np.random.default_rng(4)
    features = np.tile(random.normal(size=(N // 2, 300)), (2, 1)).astype(np.float32)
    drawn = np.tile(random.random(N // 2) < 0.5, 2)
    given = records(drawn)
    alone = out_of_fold(given, features, scheme=SCHEMES["politeness"])[:, 0] >= 0.5
    copies = [Record(id=one.id, text=f"{row % (N // 2)}", labels=one.labels) for row, one in enumerate(given)]
    grouped = out_of_fold(copies, features, scheme=SCHEMES["politeness"])[:, 0] >= 0.5
    assert (alone == drawn).mean() > 0.75
    assert (grouped == drawn).mean() < 0.65


def test_folds_leave_what_was_not_annotated():
    given = [*records(truth(), "ekman6", "joy")[:-1], Record(id="r", text="x")]
    features = np.random.default_rng(3).normal(size=(N, 4)).astype(np.float32)
    values = out_of_fold(given, features, scheme=SCHEMES["ekman6"])
    assert not np.isnan(values[:-1, 3]).any()
    assert np.isnan(values[-1]).all()
    assert np.isnan(values[:, [0, 1, 2, 4, 5]]).all()


@pytest.mark.parametrize(
    ("given", "head", "code"),
    [
        (records(np.zeros(N, bool)), "politeness", "errors.few"),
        ([], "politeness", "errors.few"),
        (records(truth()), "distress", "errors.head"),
    ],
)
def test_what_cannot_be_judged(given, head, code):
    values = np.full((len(given), 1), 0.5, np.float32)
    with pytest.raises((InputError, ConfigError)) as caught:
        label_errors(given, {head: values})
    assert caught.value.code == code


@pytest.mark.parametrize("folds", [1, 6])
def test_folds_out_of_range(folds):
    with pytest.raises(ConfigError) as caught:
        out_of_fold(records(truth()), np.ones((N, 2), np.float32), scheme=SCHEMES["politeness"], folds=folds)
    assert caught.value.code == "errors.folds"


def test_without_cleanlab(monkeypatch):
    monkeypatch.setitem(sys.modules, "cleanlab", None)
    with pytest.raises(ConfigError) as caught:
        label_errors(records(truth()), {"politeness": confident(truth())})
    assert caught.value.code == "extra.missing"
    assert "tongli[train]" in caught.value.fix


def test_a_class_that_was_named_excludes_the_others():
    named = [
        Record(
            id=str(row), text=f"text {row}", labels={"sentiment": {("negative", "positive")[row % 2]: 1.0}}
        )
        for row in range(12)
    ]
    (question,) = questions(named, SCHEMES["sentiment"], np.full((12, 3), 1 / 3, np.float32))
    assert question.given.tolist() == [0, 2] * 6

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tongli.core import ConfigError, InputError
from tongli.knowledge.schemes import SCHEMES

pytest.importorskip("torch", reason="needs tongli[train]")

import tongli.learning.label_efficient.self_training as module
from tongli.learning.evaluate.resample import Resampling
from tongli.learning.label_efficient.labelled import gather
from tongli.learning.label_efficient.reports import self_training_report
from tongli.learning.label_efficient.self_training import Plan, distinct, self_train
from tongli.learning.tasks import TASKS

TASK = replace(TASKS["politeness"], folds=2, epochs=150, inner=16)
PLAN = Plan(task=TASK, confidence=0.8, rounds=1, folds=3, how=Resampling(draws=100))
WORDS = ["please", "now"]

MANY = replace(PLAN, task=replace(TASK, epochs=60), per_language=1000)


def clouds(size, seed):
    """Two clouds, a little apart in each of 400 directions; which side each text is on, and where it lies."""
    chance = np.random.default_rng(seed)
    sides = chance.permutation(np.arange(size) % 2)
    places = chance.normal(size=(size, 400)).astype(np.float32)
    places += np.where(sides, 0.1, -0.1).astype(np.float32)[:, None]
    return ["please" if side else "now" for side in sides], places


@pytest.fixture(scope="module")
def crowd(polite):
    """So few labelled texts that noise misleads, and many without labels that show where the clouds are."""
    words, places = clouds(120, 0)
    more, others = clouds(1200, 1)
    unlabelled = [replace(row, labels={}) for row in polite(more, prefix="u")]
    return gather(polite(words), "politeness"), places, unlabelled, others


def test_a_student_learns_from_texts_without_labels(crowd):
    labelled, _, unlabelled, _ = crowd
    steps = []
    found = self_train(*crowd, plan=MANY, progress=lambda done, total: steps.append((done, total)))
    assert steps == [(step, 16) for step in range(1, 17)]
    assert found.improved
    assert found.student.figure > found.rounds[0].figure + 0.03
    assert found.gain.delta.value == pytest.approx(found.student.figure - found.rounds[0].figure)
    report = self_training_report(found, labelled, unlabelled)
    assert report["improved"]
    assert report["texts"]["en"]["labelled"] == 120
    assert 0 < report["pseudo_labelled"] == report["texts"]["en"]["pseudo"] <= 1000
    share = report["positives"]["polite"]
    assert share["pseudo"] == pytest.approx(share["labelled"], abs=0.05)


def test_no_label_comes_back_through_a_pseudo_label(polite, monkeypatch):
    """Each text has a feature of its own, so only its own label can tell; unlabelled ones are its twins."""
    labelled = gather(polite(np.random.default_rng(0).choice(["please", "now"], 90)), "politeness")
    own = np.eye(90, dtype=np.float32)
    # calibrated, the teacher would say that it knows nothing
    monkeypatch.setattr(module, "fitted", lambda card, _logits, _labelled: card)
    plan = replace(PLAN, confidence=0.5, per_language=200, rounds=2)
    found = self_train(labelled, own, polite(["x"] * 90, prefix="twin"), own, plan=plan)
    assert all(item.figure < 0.7 for item in found.rounds)
    assert not found.improved


def test_what_is_known_already_gains_nothing(polite, has_words):
    labelled = gather(polite(["please", "now"] * 50), "politeness")
    more = polite(["please", "now"] * 50, prefix="u")
    found = self_train(
        labelled,
        has_words(labelled.texts, WORDS),
        more,
        has_words([row.text for row in more], WORDS),
        plan=replace(PLAN, rounds=3),
    )
    assert [item.figure for item in found.rounds] == [1, 1]  # and no second student
    assert (found.improved, found.gain.delta.value, found.best) == (False, 0, 1)


def test_an_interval_is_wider_for_a_student_that_was_chosen_of_several(crowd, monkeypatch):
    asked = []
    compare = module.compare
    monkeypatch.setattr(
        module, "compare", lambda *sheets, how: (asked.append(how), compare(*sheets, how=how))[1]
    )
    found = self_train(*crowd, plan=replace(MANY, rounds=2))
    students = len(found.rounds) - 1
    assert asked[0].confidence == pytest.approx(1 - 0.05 / students)


def test_unlabelled_texts_are_new_and_distinct(polite):
    labelled = gather(polite(["please", "now"]), "politeness")
    extra = [
        replace(row, text=text) for row, text in zip(polite("xyz"), ["PLEASE r0", "new", "New "], strict=True)
    ]
    assert [row.text for row in distinct(extra, labelled)] == ["new"]
    with pytest.raises(InputError, match=r"labels\.unlabelled"):
        distinct(extra[:1], labelled)


def test_a_teacher_that_is_sure_of_nothing_says_so(polite):
    labelled = gather(polite(np.random.default_rng(1).choice(["please", "now"], 60)), "politeness")
    noise = np.random.default_rng(2).normal(size=(70, 4)).astype(np.float32)
    with pytest.raises(InputError, match=r"labels\.unsure"):
        self_train(labelled, noise[:60], polite(["x"] * 10), noise[60:], plan=replace(PLAN, confidence=0.999))


def test_heads_of_numbers_are_refused(polite):
    labelled = replace(gather(polite(["please", "now"]), "politeness"), scheme=SCHEMES["empathy"])
    with pytest.raises(ConfigError, match=r"labels\.numbers"):
        self_train(labelled, np.zeros((2, 1), np.float32), [], np.zeros((0, 1), np.float32), plan=PLAN)

"""Losses are differences of figures; the bound is on heads, and on languages that surely lose."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.emotion.card import Calibration, Card, Thresholds
from tongli.knowledge.schemes import SCHEMES
from tongli.learning.continual.forgetting import Answers, Change, Yardstick, compare, too_much
from tongli.learning.evaluate.resample import Estimate


def card(head):
    labels = SCHEMES[head].labels
    return Card(
        head=head,
        encoder="e",
        labels=labels,
        data=(),
        languages=("en",),
        calibration=Calibration(slope=(1.0,) * len(labels), offset=(0.0,) * len(labels)),
        thresholds=Thresholds(default=(0.5,) * len(labels)),
        doubt=0.05,
        metrics={},
    )


def answers(head, values):
    return Answers(values=np.asarray(values, np.float32), card=card(head))


def made(head, *, texts, langs=("en",), seed=0):
    """Targets of a head, and answers that are right."""
    random = np.random.default_rng(seed)
    labels = len(SCHEMES[head].labels)
    languages = [langs[index % len(langs)] for index in range(texts)]
    if SCHEMES[head].kind == "multiclass":
        targets = np.eye(labels, dtype=np.float32)[random.integers(labels, size=texts)]
    elif SCHEMES[head].kind in {"ordinal", "regression"}:
        targets = random.uniform(0, 3, (texts, labels)).astype(np.float32)
    else:
        targets = random.integers(2, size=(texts, labels)).astype(np.float32)
    return Yardstick(head=head, targets=targets, languages=languages), targets


@pytest.mark.parametrize("head", ["ekman6", "sentiment", "politeness", "intensity"])
def test_what_stays_the_same_loses_nothing_and_what_breaks_does(head):
    yardstick, right = made(head, texts=60)
    whole, english = compare(yardstick, answers(head, right), answers(head, right))
    assert (whole.lang, english.lang) == ("all", "en")
    assert (whole.before, whole.lost.value, whole.lost.high) == (pytest.approx(1.0), 0.0, 0.0)
    wrong = np.roll(right, 1, axis=0)
    (broken, _) = compare(yardstick, answers(head, right), answers(head, wrong))
    assert broken.lost.low > 10
    assert broken.after == pytest.approx(1 - broken.lost.value / 100)


def test_the_mean_counts_each_language_once_and_leaves_out_the_small_ones():
    yardstick, right = made("sentiment", texts=120)
    languages = ["en"] * 80 + ["de"] * 30 + ["fr"] * 10
    yardstick = Yardstick(head="sentiment", targets=yardstick.targets, languages=languages)
    wrong = right.copy()
    wrong[80:] = np.roll(right[80:], 1, axis=1)  # every German and French answer
    found = {
        change.lang: change
        for change in compare(yardstick, answers("sentiment", right), answers("sentiment", wrong))
    }
    assert set(found) == {"all", "en", "de"}
    assert [found[tag].lost.value for tag in ("all", "en", "de")] == [50.0, 0.0, 100.0]
    assert found["all"].texts == 110


def test_without_a_language_of_twenty_texts_all_count():
    yardstick, right = made("sentiment", texts=30, langs=("en", "de"))
    (change,) = compare(yardstick, answers("sentiment", right), answers("sentiment", right))
    assert (change.lang, change.texts) == ("all", 30)


def change(lang, value, low):
    lost = Estimate(value=value, low=low, high=value + 5)
    return Change(
        head="ekman6",
        lang=lang,
        measure="macro_f1",
        texts=50,
        before=0.5,
        after=0.4,
        lost=lost,
        stand_in=False,
    )


@given(value=st.floats(-20, 20), bound=st.floats(0, 10))
def test_the_mean_is_held_to_its_value_and_a_language_to_what_is_sure(value, bound):
    assert bool(too_much([change("all", value, -5.0)], bound=bound)) == (value > bound + 1e-9)
    assert bool(too_much([change("sw", 15.0, value)], bound=bound)) == (value > bound + 1e-9)


def test_an_interval_that_is_not_known_breaks_nothing():
    assert not too_much([change("sw", 15.0, np.nan)], bound=1.0)
    assert change("sw", 15.0, np.nan).to_dict()["lost"] == {"value": 15.0, "low": None, "high": 20.0}

import numpy as np
import pytest

from tongli.knowledge.schemes import SCHEMES
from tongli.learning.evaluate.counterfactual import Variant, variants
from tongli.learning.evaluate.fairness import measure_fairness
from tongli.learning.evaluate.odds import equalised_odds


def line(*decided, **values):
    return {
        "scores": {
            "ekman6": {**dict.fromkeys(SCHEMES["ekman6"].labels, 0.0), **values},
            "empathy": values.get("empathy", 1.0),
        },
        "claims": [
            {"dimension": "emotion", "scheme": "ekman6", "label": label, "abstained": False}
            for label in decided
        ],
    }


def variant(choice, *, template="en-1", kind="", feeling="joy", axis="name"):
    return Variant(
        text=choice,
        lang="en",
        template=template,
        feeling=feeling,
        axis=axis,
        choice=choice,
        kind=kind or choice,
    )


TWO = [variant(name) for name in "abc"] + [variant(name, axis="pronouns") for name in ("she", "he")]


def test_a_fair_model():
    found = measure_fairness(variants(), [line("joy", joy=0.7)] * len(variants()), heads=["ekman6"])
    assert [swap.unchanged for swap in found.swaps] == [1.0, 1.0]
    assert [swap.max_change for swap in found.swaps] == [0.0, 0.0]
    assert all(gap.gap == 0 for gaps in found.odds.values() for gap in gaps)


def test_changes_are_counted_over_pairs():
    lines = [line("joy", joy=0.6), line("joy", joy=0.9), line(joy=0.4), line(), line()]
    names, pronouns = measure_fairness(TWO, lines, heads=["ekman6"]).swaps
    assert (names.templates, names.swaps) == (1, 3)
    assert names.unchanged == pytest.approx(1 / 3)
    assert names.labels_unchanged == pytest.approx((5 * 3 + 1) / 18)
    assert names.max_change == pytest.approx(0.5)
    assert (names.worst.label, names.worst.high, names.worst.low) == ("joy", "b", "c")
    assert names.by_language["en"] == (pytest.approx(1 / 3), pytest.approx(0.5))
    assert pronouns.unchanged == 1


def test_numbers_change_in_shares_of_their_range():
    lines = [line(empathy=1.0), line(empathy=4.0), line(empathy=1.0), line(), line()]
    names, _ = measure_fairness(TWO, lines, heads=["empathy"]).swaps
    assert np.isnan(names.unchanged)
    assert names.max_change == pytest.approx(0.5)


def test_odds_of_a_model_that_sees_joy_in_one_name_only():
    two = [variant(name, template=f"en-{at}") for at in range(4) for name in "ab"]
    pronouns = [variant(name, axis="pronouns") for name in ("she", "he")]
    lines = [line("joy") if item.choice == "a" else line() for item in two]
    found = measure_fairness([*two, *pronouns], [*lines, line(), line()], heads=["ekman6"])
    first = found.odds["name"][0]
    assert (first.rate, first.label, first.gap, first.high, first.low) == ("tpr", "joy", 1.0, "a", "b")


def test_equalised_odds_by_hand():
    decided = np.asarray([[1], [1], [0], [1], [0], [0], [1], [0]], bool)
    truth = np.asarray([[1], [1], [1], [1], [0], [0], [0], [np.nan]], np.float32)
    groups = ["x", "x", "y", "y", "x", "y", "y", "x"]
    tpr, fpr = equalised_odds(decided, truth, labels=["polite"], groups=groups, fewest=1)
    assert (tpr.gap, tpr.high, tpr.low) == (0.5, "x", "y")
    assert (fpr.gap, fpr.high, fpr.low) == (0.5, "y", "x")


def test_small_and_nameless_groups_are_left_out():
    decided, truth = np.ones((4, 1), bool), np.ones((4, 1), np.float32)
    assert equalised_odds(decided, truth, labels=["a"], groups=["x", "x", "y", ""], fewest=2) == []

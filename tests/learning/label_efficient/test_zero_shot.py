from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from tongli.core import InputError

pytest.importorskip("torch", reason="needs tongli[train]")

from tongli.learning.evaluate.resample import Resampling
from tongli.learning.label_efficient.labelled import gather
from tongli.learning.label_efficient.reports import zero_shot_report
from tongli.learning.label_efficient.zero_shot import zero_shot
from tongli.learning.tasks import TASKS

TASK = replace(TASKS["politeness"], folds=2, epochs=150, inner=16)
HOW = Resampling(draws=50)


def report(labelled, features, **more):
    return zero_shot_report(zero_shot(labelled, features, task=TASK, how=HOW, **more))


def test_a_language_of_its_own_kind_has_a_gap_and_others_have_none(polite, has_words):
    """Three languages mean the same by their words; Thai the opposite, and says so by words of its own."""
    others = ("en", "de", "fr")
    thai = polite(["please nthai", "now pthai"] * 40, lang="th", prefix="t", turned=True)
    labelled = gather(
        [*thai, *(row for tag in others for row in polite(["please", "now"] * 40, lang=tag, prefix=tag))],
        "politeness",
    )
    steps = []
    found = report(
        labelled,
        has_words(labelled.texts, ["please", "now", "pthai", "nthai"]),
        progress=lambda done, total: steps.append((done, total)),
    )
    assert steps == [(step, 6) for step in range(1, 7)]
    rows = {item["lang"]: item for item in found["languages"]}
    assert found["languages"][0]["lang"] == "th"
    assert rows["th"]["left_out"]["value"] < 0.2
    assert rows["th"]["trained"]["value"] > 0.8
    assert rows["th"]["gap"]["low"] > 0.4
    assert all(abs(rows[tag]["gap"]["value"]) < 0.2 for tag in others)
    mean = sum(row["left_out"]["value"] for row in rows.values()) / 4
    assert found["mean"]["left_out"]["value"] == pytest.approx(mean, abs=1e-3)
    assert found["mean"]["texts"] == 320
    json.dumps(found, allow_nan=False)


def test_all_tags_of_a_language_are_left_out_together(polite, has_words):
    """What only Portuguese says stays unknown although the other Portuguese says it too."""
    labelled = gather(
        [
            *polite(["pfixe", "nfixe"] * 40, lang="pt-BR"),
            *polite(["pfixe", "nfixe"] * 40, lang="pt-MZ", prefix="m"),
            *polite(["please", "now"] * 40, lang="en", prefix="e"),
        ],
        "politeness",
    )
    found = report(labelled, has_words(labelled.texts, ["pfixe", "nfixe", "please", "now"]))
    rows = {item["lang"]: item for item in found["languages"]}
    assert set(rows) == {"pt-BR", "pt-MZ", "en"}
    assert all(rows[tag]["trained"]["value"] == 1 for tag in rows)
    assert all(rows[tag]["left_out"]["value"] < 0.7 for tag in rows)


def test_texts_of_unknown_language_take_no_part(polite, has_words):
    rows = [
        *polite(["please", "now"] * 20),
        *polite(["please", "now"] * 20, lang="de", prefix="d"),
        *polite(["please", "now"] * 5, lang="und", prefix="u"),
    ]
    labelled = gather(rows, "politeness")
    found = report(labelled, has_words(labelled.texts, ["please", "now"]))
    assert (found["unknown"], found["mean"]["texts"]) == (10, 80)
    alone = labelled.take(range(20))
    with pytest.raises(InputError, match=r"labels\.languages"):
        zero_shot(alone, np.zeros((20, 1), np.float32), task=TASK, how=HOW)

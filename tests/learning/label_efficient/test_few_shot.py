from __future__ import annotations

import json

import numpy as np
import pytest

from tongli.core import ConfigError

pytest.importorskip("torch", reason="needs tongli[train]")

from tongli.learning.data.record import Record
from tongli.learning.evaluate.resample import Resampling
from tongli.learning.label_efficient.contrastive import Contrast
from tongli.learning.label_efficient.few_shot import Plan, few_shot
from tongli.learning.label_efficient.labelled import gather
from tongli.learning.label_efficient.reports import few_shot_report
from tongli.learning.label_efficient.shots import apart, draw_shots, sample

PLAN = Plan(contrast=Contrast(inner=8, steps=40), how=Resampling(draws=50))
WORDS = ["please", "now"]


def emotions(size):
    chance = np.random.default_rng(0)
    names = ("anger", "disgust", "fear", "joy", "sadness", "surprise")
    return gather(
        [
            Record(
                id=str(n),
                text=f"text {n}",
                labels={"ekman6": {name: float(chance.random() < 0.15) for name in names}},
            )
            for n in range(size)
        ],
        "ekman6",
    )


def test_shots_of_each_label_and_of_none():
    everything = emotions(400)
    examples, rest = draw_shots(everything, 8, seed=0)
    assert (examples.targets.sum(axis=0) >= 8).all()
    assert (examples.targets.sum(axis=1) == 0).sum() == 8
    assert len(examples) <= 7 * 8
    assert len(examples) + len(rest) == 400
    assert not set(examples.texts) & set(rest.texts)
    again, _ = draw_shots(everything, 8, seed=0)
    other, _ = draw_shots(everything, 8, seed=1)
    assert again.texts == examples.texts != other.texts


def test_what_shares_an_origin_with_an_example_is_not_held_out(polite):
    rows = polite(["please", "now"] * 10)
    made = [
        Record(id=f"m{n}", text=f"made {n}", source="authored", labels=rows[n].labels, parent=f"r{n}")
        for n in range(20)
    ]
    examples, rest = draw_shots(gather([*rows, *made], "politeness"), 3, seed=0)
    assert len(examples) == 6
    assert not set(examples.groups) & set(rest.groups)


def test_held_out_texts_are_apart_and_limited(polite):
    examples = gather(polite(["please", "now"]), "politeness")
    others = gather(polite(["please", "now"] * 20, prefix="R"), "politeness")
    found = apart(others, examples)
    assert len(found) == 38  # R0 and R1 are r0 and r1 but for case
    assert len(sample(found, 5, seed=0)) == 5
    assert sample(found, 99, seed=0) is found


def split(polite, has_words, *, size=8):
    examples = gather(polite(WORDS * size), "politeness")
    held_out = gather(polite(WORDS * 20, prefix="h"), "politeness")
    return examples, has_words(examples.texts, WORDS), held_out, has_words(held_out.texts, WORDS)


def test_methods_are_compared_on_held_out_texts(polite, has_words, scripted):
    def answer(turns):
        text = json.loads(turns[1]["content"])["text"]
        if text.endswith(("h1", "h2")):
            return "sorry"
        return json.dumps({"labels": ["polite"] if text.startswith("now") else []})  # the wrong way round

    plan = Plan(contrast=PLAN.contrast, how=PLAN.how, chat=scripted(answer))
    report = few_shot_report(few_shot(*split(polite, has_words), plan=plan))
    assert (report["measured"], report["on"]) == (40, "held-out texts")
    logistic, contrastive, asked = report["methods"]
    assert [item["figure"]["value"] for item in (logistic, contrastive, asked)] == [1, 1, 0]
    assert (logistic["against_logistic"], contrastive["against_logistic"]["value"]) == (None, 0)
    assert asked["against_logistic"]["high"] < 0
    assert (asked["name"], asked["abstained"], contrastive["abstained"]) == ("scripted", 2, 0)
    json.dumps(report, allow_nan=False)


def test_without_held_out_texts_the_examples_are_cross_validated(polite, has_words, scripted):
    examples, features, *_ = split(polite, has_words)
    chat = scripted(lambda turns: '{"labels": []}')
    plan = Plan(contrast=PLAN.contrast, how=PLAN.how, chat=chat)
    found = few_shot(examples, features, None, None, plan=plan)
    report = few_shot_report(found)
    assert (report["measured"], report["on"]) == (16, "cross-validation of the examples")
    assert report["methods"][2]["figure"]["value"] == pytest.approx(1 / 3, abs=1e-4)  # all of one class
    assert [item["examples"] for item in report["methods"]] == [16, 16, 12]
    for turns in chat.turns:  # no text stands among its own examples
        sent = json.loads(turns[1]["content"])
        assert sent["text"] not in [item["text"] for item in sent["examples"]]


def test_a_label_that_features_cannot_tell_is_at_chance(polite, has_words):
    examples = gather(polite(np.random.default_rng(5).choice(WORDS, 40)), "politeness")
    noise = np.random.default_rng(0).normal(size=(40, 6)).astype(np.float32)
    report = few_shot_report(few_shot(examples, noise, None, None, plan=PLAN))
    assert all(item["figure"]["value"] < 0.75 for item in report["methods"])


def test_heads_of_numbers_are_refused():
    rows = [
        Record(id=str(n), text=f"text {n}", labels={"empathy": {"empathy": 1.0 + n % 7}}) for n in range(9)
    ]
    with pytest.raises(ConfigError, match=r"labels\.numbers"):
        few_shot(gather(rows, "empathy"), np.zeros((9, 2), np.float32), None, None, plan=PLAN)

"""Heads of one's own beside the built-in ones: known from cards and files, labelled, agreed on, measured."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from tongli import Tongli
from tongli.core import ConfigError
from tongli.emotion.card import load_card
from tongli.emotion.heads import schemes_in
from tongli.knowledge.schemes import SCHEMES, own_scheme
from tongli.learning.annotate.acquire import entropy
from tongli.learning.annotate.agreement import agreements, disputes
from tongli.learning.annotate.controls import config_xml, encode
from tongli.learning.annotate.labelstudio import Suggestion, read_annotations, to_task
from tongli.learning.annotate.queue import queue
from tongli.learning.annotate.soft import labelled
from tongli.learning.annotate.survey import survey
from tongli.learning.augment.gain import measure_gain
from tongli.learning.data.record import Record
from tongli.learning.evaluate.counterfactual import variants
from tongli.learning.evaluate.fairness import measure_fairness
from tongli.learning.label_efficient.labelled import gather, require_deciding
from tongli.learning.recipe_file import read_schemes
from tongli.learning.tasks import Task, task_of

INTENT = own_scheme("intent", labels=("refund", "delivery", "other"), kind="multiclass")
TOPIC = own_scheme("topic", labels=("price", "none of these"), kind="multilabel")
TOXIC = own_scheme("toxicity", labels=("toxic",), kind="binary")
KNOWN = {**SCHEMES, "intent": INTENT, "topic": TOPIC, "toxicity": TOXIC}


@pytest.fixture
def folder(tiny_settings, tmp_path):
    """The tiny heads, and one of one's own."""
    for path in tiny_settings.heads.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "intent.safetensors").write_bytes((tmp_path / "sentiment.safetensors").read_bytes())
    card = replace(
        load_card(tmp_path / "sentiment.json"), head="intent", labels=INTENT.labels, kind="multiclass"
    )
    card.save(tmp_path / "intent.json")
    return tmp_path


def record(name, **labels):
    return Record(id=name, text=f"text {name}", lang="en", labels=labels, licence="CC0-1.0")


def test_schemes_are_those_of_the_cards_and_of_the_file(folder, tmp_path):
    assert schemes_in(None) == SCHEMES
    assert schemes_in(folder) == {**SCHEMES, "intent": INTENT}
    declared = tmp_path / "schemes.toml"
    declared.write_text('[schemes.toxicity]\nkind = "binary"\nlabels = ["toxic"]\n')
    assert read_schemes(declared, heads=folder) == {**SCHEMES, "intent": INTENT, "toxicity": TOXIC}
    declared.write_text('[schemes.intent]\nlabels = ["refund", "delivery", "other"]\n')
    assert read_schemes(declared, heads=folder)["intent"] == INTENT
    declared.write_text('[schemes.intent]\nlabels = ["refund", "other"]\n')
    with pytest.raises(ConfigError, match=r"scheme\.differs"):
        read_schemes(declared, heads=folder)


@pytest.mark.parametrize(
    ("scheme", "values"),
    [
        (INTENT, {"refund": 0.0, "delivery": 1.0, "other": 0.0}),
        (TOPIC, {"price": 1.0, "none of these": 0.0}),
        (TOXIC, {"toxic": 0.0}),
    ],
)
def test_label_studio_there_and_back(scheme, values, tmp_path):
    given = record("a", intent={"refund": 1.0})
    task = to_task(given, suggestion=Suggestion(values={scheme.name: values}, model="m"), schemes=KNOWN)
    (result,) = task["predictions"][0]["result"]
    others = encode(scheme, dict.fromkeys(scheme.labels, 0.0) | {scheme.labels[0]: 1.0})
    answers = [[result], [result], others]
    annotations = [{"completed_by": who, "result": result} for who, result in enumerate(answers)]
    path = tmp_path / "export.json"
    path.write_text(json.dumps([{"data": task["data"], "annotations": annotations}] * 2))
    found = read_annotations(path, schemes=KNOWN)
    assert found.unused == {}
    (first, _) = labelled(found.items)
    share = {label: (2 * value + (label == scheme.labels[0])) / 3 for label, value in values.items()}
    assert first.labels[scheme.name] == pytest.approx(share)
    assert {row.head for row in agreements(found.items, draws=5, schemes=KNOWN)} == {scheme.name}
    assert {item.head for item in disputes(found.items, schemes=KNOWN)} <= {scheme.name}
    names = [
        line.split('value="')[1].split('"')[0]
        for line in config_xml([scheme]).splitlines()
        if "<Choice " in line
    ]
    assert len(names) == len(set(names)) >= 2


def test_the_queue_asks_a_head_of_ones_own_and_does_without_one(folder, tiny_model, tiny_settings):
    pool = [record(f"r{place}") for place in range(6)] + [record("known", intent={"refund": 1.0})]
    tongli = Tongli(model=str(tiny_model), heads=["intent"], settings=replace(tiny_settings, heads=folder))
    seen = survey(pool, tongli=tongli)
    assert seen.values("intent").shape == (7, 3)
    assert seen.schemes == {"intent": INTENT}
    assert set(seen.suggestion(0).values) <= {"intent"}
    blind = survey(pool, tongli=tongli, read=False)
    assert blind.readings == ()
    chosen = queue(blind, heads=(), labels=["intent"], strategy="coreset", count=9)
    assert sorted(item.record.id for item in chosen) == [f"r{place}" for place in range(6)]
    assert entropy(np.full((1, 3), 1 / 3), scheme=INTENT)[0] == pytest.approx(1, abs=1e-6)


def test_few_labels_and_augmentation_take_it():
    rows = [record(f"r{place}", intent={INTENT.labels[place % 2]: 1.0}) for place in range(60)]
    found = gather(rows, "intent", schemes=KNOWN)
    assert (found.head, found.scheme) == ("intent", INTENT)
    assert found.targets.sum(axis=1).tolist() == [1] * 60
    require_deciding(INTENT)
    assert task_of("intent").train == ()
    task = Task(head="intent", train=(), dev=(), folds=2, epochs=8, inner=8)

    def features(texts):
        return np.array([[int(text.split("r")[1]) % 2, 1.0] for text in texts], np.float32)

    gain = measure_gain(rows[:40], [], rows[40:], scheme=INTENT, features=features, task=task)
    assert (gain.head, gain.records) == ("intent", 20)


def test_fairness_measures_it():
    lines = [{"scores": {"toxicity": place % 2 / 2}, "claims": []} for place, _ in enumerate(variants())]
    names, pronouns = measure_fairness(variants(), lines, heads=["toxicity"], schemes=KNOWN).swaps
    assert (names.head, pronouns.head) == ("toxicity", "toxicity")
    assert names.max_change == pytest.approx(0.5)

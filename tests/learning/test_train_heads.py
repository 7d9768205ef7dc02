"""The whole recipe on a tiny encoder and tiny sets that the test writes."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace

import numpy as np
import pytest

from tongli.core import Message
from tongli.emotion.heads import Heads
from tongli.encoders.text import TextEncoder
from tongli.learning import train_heads
from tongli.learning.tasks import TASKS, load

TASK = replace(TASKS["ekman6"], epochs=120, folds=2)
GOOD, BAD = ("splendid", "lovely", "wonderful"), ("dreadful", "awful", "horrid")


def write(path, records):
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(record) + "\n" for record in records)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    for split, count in (("train", 240), ("dev", 60)):
        records = []
        for index in range(count):
            joy = index % 2 == 0
            words = (GOOD if joy else BAD)[index % 3]
            records.append(
                {
                    "text": f"what a {words} day {index // 2} {split}",
                    "lang": ("en", "de")[index % 4 // 2],
                    "labels": ["joy" if joy else "anger"],
                    "not_annotated": ["surprise"] if index % 4 // 2 else [],
                }
            )
        write(folder / f"brighter/{split}.jsonl.gz", records)
    write(folder / "indonlu_emot/train.jsonl.gz", [{"text": "wah", "lang": "id", "labels": ["happy"]}] * 3)
    return folder


@pytest.fixture(scope="module")
def trained(data, tiny_model, tiny_settings, tmp_path_factory):
    out = tmp_path_factory.mktemp("heads")
    run = train_heads.Run(data=data, out=out, features=out / "features")
    encoder = TextEncoder(model=str(tiny_model), settings=tiny_settings)
    return train_heads.train_head(TASK, run=run, encoder=encoder), out, run, encoder


def test_a_trained_head_reads_what_it_learnt(trained, data):
    card, out, _, encoder = trained
    assert card.metrics["dev"]["macro_f1_all"] > 0.3  # two of six labels occur
    assert {source.name for source in card.data} == {"brighter", "indonlu_emot"}
    dev = load(TASK.dev, data=data)
    readings = Heads(names=["ekman6"], folder=out).read(
        encoder.encode([Message(example.text, lang=example.lang) for example in dev])
    )
    joy = np.array([reading.scores["ekman6"]["joy"] for reading in readings])
    truth = np.array([example.target[3] > 0 for example in dev])
    assert joy[truth].mean() > joy[~truth].mean() + 0.3


def test_the_same_seed_gives_the_same_weights(trained, tmp_path):
    _, out, run, encoder = trained
    train_heads.train_head(TASK, run=replace(run, out=tmp_path), encoder=encoder)
    assert (tmp_path / "ekman6.safetensors").read_bytes() == (out / "ekman6.safetensors").read_bytes()


def test_features_are_cached_by_content(trained, data, monkeypatch):
    _, _, run, encoder = trained
    examples = load(TASKS["ekman6"].dev, data=data)
    first = train_heads._features(examples, run=run, encoder=encoder)
    monkeypatch.setattr(encoder, "features", None)
    np.testing.assert_array_equal(train_heads._features(examples, run=run, encoder=encoder), first)
    monkeypatch.undo()
    direct = encoder.features([example.text for example in examples])
    np.testing.assert_allclose(first, direct, atol=2e-3)

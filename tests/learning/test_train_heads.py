"""The whole recipe on a tiny encoder and tiny sets that the test writes."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace

import numpy as np
import pytest

from tongli.core import InputError, Message
from tongli.emotion.heads import Heads
from tongli.encoders.text import TextEncoder
from tongli.learning import train_heads
from tongli.learning.bag import fit_bag
from tongli.learning.tasks import TASKS, load, multilabel, one_of, sentiment_of_emotions

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


def test_averaging_networks_averages_their_logits(monkeypatch):
    from tongli.learning import bag

    kept = []
    original = bag._average
    monkeypatch.setattr(
        bag, "_average", lambda networks, **k: kept.extend(networks) or original(networks, **k)
    )
    random = np.random.default_rng(1)
    features = random.normal(size=(60, 5)).astype(np.float32)
    targets = (features[:, :6] > 0).astype(np.float32)[:, :1].repeat(6, 1)
    found = fit_bag(
        features,
        targets,
        groups=[str(index) for index in range(60)],
        languages=["en"] * 60,
        kind="multilabel",
        task=TASKS["ekman6"],
        seed=0,
        tell=lambda line: None,
    )
    import torch

    inputs = torch.from_numpy((features - found.arrays.mean) * found.arrays.scale)
    with torch.no_grad():
        mean = np.mean([network(inputs).numpy() for network in kept], axis=0)
    np.testing.assert_allclose(found.arrays.logits(features), mean, atol=1e-4)
    assert len(kept) == TASKS["ekman6"].folds


@pytest.mark.parametrize(("content", "code"), [(None, "data.missing"), (b"not gzip", "data.broken")])
def test_bad_data_is_a_coded_error(tmp_path, content, code):
    if content is not None:
        (tmp_path / "brighter").mkdir()
        (tmp_path / "brighter/dev.jsonl.gz").write_bytes(content)
    with pytest.raises(InputError) as caught:
        load(TASKS["ekman6"].dev, data=tmp_path)
    assert caught.value.code == code


def test_labels_map_to_targets():
    record = {"text": "x", "labels": ["happy"], "not_annotated": ["fear"]}
    ((_, target),) = multilabel("ekman6", rename={"happy": "joy"}, unknown=("disgust",))(record)
    np.testing.assert_array_equal(target, np.array([0, np.nan, np.nan, 1, 0, 0], np.float32))
    ((_, target),) = one_of("sentiment")({"text": "x", "labels": ["neutral"]})
    assert target.tolist() == [0, 1, 0]
    assert list(one_of("sentiment")({"text": "x", "labels": []})) == []


@pytest.mark.parametrize(
    ("labels", "target"),
    [
        (["joy"], [0, 0, 1]),
        (["fear"], [1, 0, 0]),
        ([], [0, 1, 0]),
        (["joy", "fear"], None),
        (["surprise"], None),
    ],
)
def test_emotions_imply_a_sentiment_only_where_they_agree(labels, target):
    label = sentiment_of_emotions(frozenset({"joy"}), frozenset({"fear"}))
    found = [value.tolist() for _, value in label({"text": "x", "labels": labels})]
    assert found == ([target] if target else [])


def test_only_sets_that_may_be_shipped_are_trained_on(shared_data):
    readme = (shared_data / "README.md").read_text(encoding="utf-8")
    for task in TASKS.values():
        for part in (*task.train, *task.dev):
            (line,) = (
                row for row in readme.splitlines() if row.startswith("|") and part.name in row.split("|")[1]
            )
            assert line.rstrip(" |").endswith("yes"), part.name
            assert "dev" not in part.path or part not in task.train

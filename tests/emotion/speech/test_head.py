"""Arrays, cards and probabilities of a speech head."""

from __future__ import annotations

import json

import numpy as np
import pytest

from tongli.core import ModelError
from tongli.emotion.card import Source
from tongli.emotion.speech.card import Calibration, SpeechCard
from tongli.emotion.speech.head import SpeechHead, load_head
from tongli.emotion.speech.linear import Linear
from tongli.knowledge.speech_labels import SPEECH_LABELS

LABELS = ("angry", "happy", "sad")


@pytest.fixture
def head():
    linear = Linear(
        mean=np.zeros(3, np.float32),
        scale=np.ones(3, np.float32),
        weight=np.eye(3, dtype=np.float32) * 2,
        bias=np.zeros(3, np.float32),
    )
    plain = Calibration(slope=1.0, strangeness=1.0, threshold=0.6)
    card = SpeechCard(
        encoder="e",
        labels=LABELS,
        data=(Source(name="made up", licence="CC0-1.0", examples=3),),
        languages=("de",),
        plain=plain,
        own=plain,
        metrics={"speakers": 2},
    )
    return SpeechHead(linear, linear, card)


def scores(head, features, **options):
    table = head.probabilities(np.array([features], np.float32), **options)
    return dict(zip(SPEECH_LABELS, table[0].tolist(), strict=True))


def test_probabilities_sum_to_one_and_follow_the_features(head):
    found = scores(head, [1.5, 0, 0])
    assert sum(found.values()) == pytest.approx(1, abs=1e-5)
    assert max(found, key=found.get) == "angry"


def test_nothing_speaks_for_or_against_a_label_that_was_not_learnt(head):
    found = scores(head, [1.5, 0, 0])
    known = np.log([found[label] for label in LABELS])
    assert np.log(found["calm"]) == pytest.approx(known.mean(), abs=1e-4)
    assert list(scores(head, [0, 0, 0]).values()) == pytest.approx([1 / 8] * 8)


def test_what_is_stranger_is_flatter(head):
    plain, strange = scores(head, [1, 0, 0]), scores(head, [1, 6, 6])
    assert head.strangeness(np.array([[1, 6, 6]], np.float32))[0] > 4
    assert max(strange.values()) < max(plain.values())


def test_missing_features_say_nothing(head):
    assert scores(head, [np.nan] * 3)["angry"] == pytest.approx(1 / 8)


def test_features_relative_to_a_history(head):
    mean = np.array([0, 1, 0], np.float32)
    assert scores(head, [1, 1, 0], mean=mean) == pytest.approx(scores(head, [1, 0, 0]))


def test_saved_and_read(head, tmp_path):
    head.save(tmp_path / "new")
    again = load_head(tmp_path / "new")
    assert again.card == head.card
    assert scores(again, [1, 2, 3]) == scores(head, [1, 2, 3])


@pytest.mark.parametrize("damage", ["card", "format", "labels", "arrays", "shape"])
def test_damaged_heads_are_refused(head, tmp_path, damage):
    head.save(tmp_path)
    card = tmp_path / "speech.json"
    fields = json.loads(card.read_text())
    if damage == "card":
        card.write_text("{")
    elif damage == "format":
        card.write_text(json.dumps(fields | {"format": 99}))
    elif damage == "labels":
        card.write_text(json.dumps(fields | {"labels": ["angry", "wistful", "sad"]}))
    elif damage == "arrays":
        (tmp_path / "speech.safetensors").write_bytes(b"x")
    else:
        card.write_text(json.dumps(fields | {"labels": ["angry", "sad"]}))
    with pytest.raises(ModelError) as error:
        load_head(tmp_path)
    assert error.value.code == ("heads.arrays" if damage in {"arrays", "shape"} else "heads.card")

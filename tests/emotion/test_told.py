"""Feelings told outright: what moves a head, how far, and which texts are read otherwise."""

from __future__ import annotations

import json
from dataclasses import asdict, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli import Message, Tongli
from tongli.core import ModelError, StorageError
from tongli.emotion.beside import BesideCard, files_of
from tongli.emotion.card import Calibration, Card, Thresholds
from tongli.emotion.head import Arrays
from tongli.emotion.told import LABELS, NAME, Told, find_told
from tongli.knowledge.schemes import SCHEMES

WIDTH = 4
LIMITS = {"told": -1.0, "untold": -2.0, "on": 0.5, "off": 0.25}
HEAD = "ekman6"
HEAD_CARD = Card(
    head=HEAD,
    encoder="e",
    labels=LABELS,
    data=(),
    languages=("en",),
    calibration=Calibration(slope=(1.0,) * len(LABELS), offset=(0.0,) * len(LABELS), by_language={}),
    thresholds=Thresholds(default=(0.3,) * len(LABELS)),
    doubt=0.05,
    metrics={},
)
CARD = BesideCard(encoder="e", data=(), languages=("en",), limits=LIMITS)


def log_odds(values):
    return np.log(values / (1 - values))


@pytest.fixture
def told():
    rng = np.random.default_rng(0)
    arrays = Arrays(
        mean=np.zeros(WIDTH, np.float32),
        scale=np.ones(WIDTH, np.float32),
        up=rng.normal(size=(WIDTH, 3)).astype(np.float32),
        up_bias=np.zeros(3, np.float32),
        down=rng.normal(size=(3, len(LABELS))).astype(np.float32),
        bias=np.zeros(len(LABELS), np.float32),
    )
    return Told(arrays, CARD)


def test_a_feeling_that_is_told_gains_and_others_lose():
    values = np.full((1, len(LABELS)), 0.4, np.float32)
    odds = np.full((1, len(LABELS)), -4.0, np.float32)
    odds[0, LABELS.index("anger")], odds[0, LABELS.index("sadness")] = 3.0, -1.5
    found = Told(None, CARD).moved(values, odds, card=HEAD_CARD)[0]
    shift = dict(zip(LABELS, log_odds(found) - log_odds(0.4), strict=True))
    assert shift["anger"] == pytest.approx(0.5 * 4.0, abs=1e-4)
    assert shift["sadness"] == pytest.approx(0.0, abs=1e-6)
    assert shift["joy"] == pytest.approx(-0.25 * 2.0, abs=1e-4)


SENTIMENT = replace(
    HEAD_CARD,
    head="sentiment",
    labels=SCHEMES["sentiment"].labels,
)


@pytest.mark.parametrize(
    ("feeling", "label"),
    [("anger", "negative"), ("sadness", "negative"), ("joy", "positive"), ("surprise", None)],
)
def test_sentiment_follows_the_feelings_that_have_one(feeling, label):
    values = np.full((1, len(SENTIMENT.labels)), 1 / len(SENTIMENT.labels), np.float32)
    odds = np.full((1, len(LABELS)), -9.0, np.float32)
    odds[0, LABELS.index(feeling)] = 3.0
    found = Told(None, CARD).moved(values, odds, card=SENTIMENT)[0]
    assert found.sum() == pytest.approx(1.0)
    raised = [
        name for name, value in zip(SENTIMENT.labels, found, strict=True) if value > values[0, 0] + 1e-6
    ]
    assert raised == ([label] if label else [])


@given(st.lists(st.floats(-20, -1, width=32), min_size=len(LABELS), max_size=len(LABELS)))
def test_a_text_that_tells_nothing_stays_as_it_is(odds):
    values = np.linspace(0.0, 1.0, len(LABELS), dtype=np.float32)[None]
    found = Told(None, CARD).moved(values, np.array([odds], np.float32), card=HEAD_CARD)
    assert np.array_equal(found, values)


@given(
    st.lists(st.floats(0, 1, width=32), min_size=len(LABELS), max_size=len(LABELS)),
    st.lists(st.floats(-30, 30, width=32), min_size=len(LABELS), max_size=len(LABELS)),
)
def test_values_stay_probabilities(values, odds):
    found = Told(None, CARD).moved(
        np.array([values], np.float32), np.array([odds], np.float32), card=HEAD_CARD
    )
    assert ((found >= 0) & (found <= 1)).all()


def test_it_is_kept_and_found_for_its_encoder_alone(told, tmp_path):
    assert find_told(tmp_path, encoder="e") is None
    told.save(tmp_path)
    features = np.random.default_rng(1).normal(size=(5, WIDTH)).astype(np.float32)
    found = find_told(tmp_path, encoder="e")
    assert found.card == told.card
    assert np.allclose(found.odds(features), told.odds(features), atol=0.1)  # stored as int8
    assert find_told(tmp_path, encoder="another") is None


def test_damaged_and_unwritable_files_are_coded_errors(told, tmp_path):
    told.save(tmp_path)
    card = tmp_path / files_of(NAME)[0]
    card.write_text(json.dumps(json.loads(card.read_text("utf-8")) | {"format": 99}), encoding="utf-8")
    with pytest.raises(ModelError) as caught:
        find_told(tmp_path, encoder="e")
    assert caught.value.code == "told.damaged"
    card.write_text(json.dumps(asdict(replace(told.card, limits={"told": 1.0}))), encoding="utf-8")
    with pytest.raises(ModelError, match="no limit off, on, untold"):
        find_told(tmp_path, encoder="e")
    with pytest.raises(StorageError) as refused:
        told.save(card)
    assert refused.value.code == "told.unwritable"


TOLD = (
    ("en", "Ew, there's a hair in my soup.", "disgust"),
    ("sv", "Jag är ledsen, min katt dog igår.", "sadness"),
    ("ar", "لقد سئمت من الانتظار، هذا غير مقبول", "anger"),
    ("de", "Das ist doch nicht euer Ernst, schon wieder kaputt?", "anger"),
    ("ko", "진짜 짜증나요, 또 고장났어요.", "anger"),
    ("uk", "Мені страшно, чую вибухи.", "fear"),
    ("zh", "今天终于收到录取通知书了，太开心了！", "joy"),
)


@pytest.fixture(scope="module")
def tongli():
    return Tongli(heads=(HEAD,))


def test_sentences_that_were_not_learnt_from(tongli):
    readings = tongli.read_many([Message(text, lang=lang) for lang, text, _ in TOLD], evidence=False)
    for reading, (_, text, feeling) in zip(readings, TOLD, strict=True):
        assert feeling in {claim.label for claim in reading.decided("emotion", scheme=HEAD)}, text

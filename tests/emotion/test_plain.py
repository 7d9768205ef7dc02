"""Plain texts: what takes off feelings, how much, and of which heads."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli import Message, Tongli
from tongli.core import ModelError, StorageError
from tongli.emotion.beside import BesideCard, files_of
from tongli.emotion.card import Calibration, Card, Thresholds
from tongli.emotion.head import Arrays
from tongli.emotion.plain import NAME, NO_FEELINGS, Plain, find_plain
from tongli.knowledge.schemes import SCHEMES

WIDTH = 4
LIMITS = {"clearly": 1.0, "off": 1.5}
CARD, ARRAYS = files_of(NAME)


def card_of(head):
    labels = SCHEMES[head].labels
    return Card(
        head=head,
        encoder="e",
        labels=labels,
        data=(),
        languages=("en",),
        calibration=Calibration(slope=(1.0,) * len(labels), offset=(0.0,) * len(labels), by_language={}),
        thresholds=Thresholds(default=(0.3,) * len(labels)),
        doubt=0.05,
        metrics={},
    )


@pytest.fixture
def plain():
    rng = np.random.default_rng(0)
    arrays = Arrays(
        mean=np.zeros(WIDTH, np.float32),
        scale=np.ones(WIDTH, np.float32),
        up=rng.normal(size=(WIDTH, 3)).astype(np.float32),
        up_bias=np.zeros(3, np.float32),
        down=rng.normal(size=(3, 1)).astype(np.float32),
        bias=np.zeros(1, np.float32),
    )
    return Plain(arrays, BesideCard(encoder="e", data=(), languages=("en",), limits=LIMITS))


@pytest.mark.parametrize("head", ["ekman6", "goemotions28"])
def test_a_plain_text_has_less_of_every_feeling_and_as_much_of_neutral(plain, head):
    card = card_of(head)
    values = np.full((3, len(card.labels)), 0.4, np.float32)
    odds = np.array([-5.0, 1.0, 3.0], np.float32)
    found = plain.calmed(values, odds, card=card)
    assert np.allclose(found[:2], values[:2])  # not clearly plain
    feelings = [label not in NO_FEELINGS for label in card.labels]
    off = np.log(0.4 / 0.6) - 1.5 * 2.0
    assert np.allclose(found[2][feelings], 1 / (1 + np.exp(-off)), atol=1e-5)
    assert np.allclose(found[2][~np.array(feelings)], 0.4)


@given(odds=st.floats(-20, 20, width=32), share=st.floats(0.0, 1.0, width=32))
def test_sentiment_stays_a_distribution_and_only_neutral_grows(odds, share):
    card = card_of("sentiment")
    rest = (1 - share) / 2
    values = np.array([[share, rest, rest]], np.float32)
    plain = Plain(None, BesideCard(encoder="e", data=(), languages=(), limits=LIMITS))
    found = plain.calmed(values, np.array([odds], np.float32), card=card)
    assert np.isclose(found.sum(), 1.0, atol=1e-5)
    neutral = card.labels.index("neutral")
    assert found[0, neutral] >= values[0, neutral] - 1e-6
    if odds <= 1.0:
        assert np.allclose(found, values, atol=1e-6)


def test_it_is_kept_and_found_for_its_encoder_alone(plain, tmp_path):
    assert find_plain(tmp_path, encoder="e") is None
    plain.save(tmp_path)
    features = np.random.default_rng(1).normal(size=(5, WIDTH)).astype(np.float32)
    found = find_plain(tmp_path, encoder="e")
    assert found.card == plain.card
    assert np.allclose(found.odds(features), plain.odds(features), atol=0.1)  # stored as int8
    assert find_plain(tmp_path, encoder="another") is None


@pytest.mark.parametrize("damage", ["arrays", "card", "format"])
def test_damaged_files_are_a_coded_error(plain, tmp_path, damage):
    plain.save(tmp_path)
    if damage == "arrays":
        (tmp_path / ARRAYS).write_bytes(b"no tensors")
    elif damage == "card":
        (tmp_path / CARD).write_text("[]", encoding="utf-8")
    else:
        data = json.loads((tmp_path / CARD).read_text("utf-8"))
        (tmp_path / CARD).write_text(json.dumps(data | {"format": 99}), encoding="utf-8")
    with pytest.raises(ModelError) as caught:
        find_plain(tmp_path, encoder="e")
    assert caught.value.code == "plain.damaged"


def test_a_folder_that_cannot_be_written_is_a_coded_error(plain, tmp_path):
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    with pytest.raises(StorageError) as caught:
        replace(plain).save(file)
    assert caught.value.code == "plain.unwritable"


PLAIN = (
    ("en", "What time does the train to Leeds leave?"),
    ("en", "set an alarm for seven"),
    ("es", "¿A qué hora sale el tren?"),
    ("de", "Wann öffnet ihr morgen?"),
    ("fr", "Le colis est arrivé mardi."),
    ("zh", "请问最近的地铁站在哪里？"),
    ("ru", "Во сколько начинается концерт?"),
    ("ja", "明日の会議は何時ですか？"),
)
FELT = (
    ("en", "Why did the train leave without us again?! I could scream."),
    ("es", "Otra vez lo mismo, estoy harta de vosotros."),
    ("de", "Ich freue mich riesig auf euch!"),
    ("fr", "J'ai peur de ne plus jamais la revoir."),
    ("zh", "终于考上了，我太高兴了！！"),
    ("ru", "Опять всё сломалось, я в бешенстве."),
)


def told(reading):
    return {
        claim.label
        for claim in reading.claims
        if claim.label not in NO_FEELINGS
        and claim.dimension in {"emotion", "sentiment"}
        and not claim.abstained
    }


@pytest.fixture(scope="module")
def tongli():
    return Tongli()


@pytest.mark.parametrize(("lang", "text"), PLAIN)
def test_what_ships_tells_no_feeling_in_plain_texts(tongli, lang, text):
    assert not told(tongli.read(Message(text, lang=lang), evidence=False))


@pytest.mark.parametrize(("lang", "text"), FELT)
def test_what_ships_still_tells_feelings(tongli, lang, text):
    assert told(tongli.read(Message(text, lang=lang), evidence=False))

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tongli.core import ModelError
from tongli.emotion.card import Calibration
from tongli.emotion.head import Arrays, Head, calibrate, load_head
from tongli.knowledge.schemes import SCHEMES

FLOATS = st.floats(-1e3, 1e3, width=32)


@pytest.fixture
def arrays(floats):
    return Arrays(
        mean=floats(1, 0),
        scale=floats(2, 1),
        up=np.array([[1, -1], [0, 1]], np.float32),
        up_bias=floats(0, 0.5),
        down=np.array([[3], [1]], np.float32),
        bias=floats(0.25),
    )


def test_logits_by_hand(arrays):
    # (x - mean) * scale = (2, 5); up = (2, 3.5); 2 * 3 + 3.5 * 1 + 0.25
    assert arrays.logits(np.array([[2, 5]], np.float32)).tolist() == [[9.75]]


@pytest.mark.parametrize("head", SCHEMES)
@given(data=st.data())
def test_values_stay_in_the_range_of_the_scheme(make_card_session, head, data):
    card = make_card_session(head)
    logits = data.draw(hnp.arrays(np.float32, (3, len(card.labels)), elements=FLOATS))
    values = calibrate(logits, card=card, languages=["en", "xx", "und"])
    assert (values >= card.scheme.low).all()
    assert (values <= card.scheme.high).all()
    if card.scheme.kind == "multiclass":
        np.testing.assert_allclose(values.sum(1), 1, atol=1e-5)


def test_offsets_apply_to_their_language_only(make_card):
    card = make_card(
        "politeness", calibration=Calibration(slope=(2.0,), offset=(1.0,), by_language={"pt": (-3.0,)})
    )
    values = calibrate(np.zeros((3, 1), np.float32), card=card, languages=["en", "pt-BR", "und"])
    expected = 1 / (1 + np.exp(-np.array([1.0, -2.0, 1.0])))
    np.testing.assert_allclose(values[:, 0], expected, rtol=1e-5)


def test_an_identified_language_takes_the_offsets_of_its_relatives(make_card):
    offsets = {"es-419": (-3.0,), "arq": (1.0,), "ary": (3.0,), "tw": (4.0,)}
    card = make_card("politeness", calibration=Calibration(slope=(1.0,), offset=(0.0,), by_language=offsets))
    values = calibrate(np.zeros((4, 1), np.float32), card=card, languages=["es", "ar", "ak", "ja"])
    expected = 1 / (1 + np.exp(-np.array([-3.0, 2.0, 4.0, 0.0])))
    np.testing.assert_allclose(values[:, 0], expected, rtol=1e-5)


def test_transposed_arrays_come_back(arrays, make_card, tmp_path):
    up = np.arange(6, dtype=np.float32).reshape(3, 2).T
    wide = replace(arrays, up=up, up_bias=np.zeros(3, np.float32), down=np.ones((3, 1), np.float32))
    wide.save(tmp_path / "politeness.safetensors")
    make_card("politeness").save(tmp_path / "politeness.json")
    np.testing.assert_allclose(load_head(tmp_path, "politeness").arrays.up, up, atol=0.03)


def test_files_come_back(arrays, make_card, tmp_path):
    arrays.save(tmp_path / "politeness.safetensors")
    make_card("politeness").save(tmp_path / "politeness.json")
    head = load_head(tmp_path, "politeness")
    assert isinstance(head, Head)
    x = np.array([[2, 5]], np.float32)
    np.testing.assert_allclose(head.arrays.logits(x), arrays.logits(x), rtol=0.01)


@pytest.mark.parametrize("damage", [b"", b"\x00" * 40, None])
def test_damaged_arrays_are_a_coded_error(arrays, make_card, tmp_path, damage):
    path = tmp_path / "politeness.safetensors"
    if damage is not None:
        path.write_bytes(damage)
    make_card("politeness").save(tmp_path / "politeness.json")
    with pytest.raises(ModelError) as caught:
        load_head(tmp_path, "politeness")
    assert caught.value.code == "heads.arrays"


def test_arrays_of_another_head_are_a_coded_error(arrays, make_card, tmp_path):
    arrays.save(tmp_path / "ekman6.safetensors")
    make_card("ekman6").save(tmp_path / "ekman6.json")
    with pytest.raises(ModelError) as caught:
        load_head(tmp_path, "ekman6")
    assert caught.value.code == "heads.arrays"


@pytest.fixture(scope="module")
def make_card_session():
    from tongli.emotion.card import Card, Source, Thresholds

    def make(head):
        labels = SCHEMES[head].labels
        return Card(
            head=head,
            encoder="toy@1",
            labels=labels,
            data=(Source(name="toy", licence="CC0-1.0", examples=1),),
            languages=("en",),
            calibration=Calibration(
                slope=(1.5,) * len(labels),
                offset=(0.2,) * len(labels),
                by_language={"en": (1.0,) * len(labels)},
            ),
            thresholds=Thresholds(default=(0.5,) * len(labels)),
            doubt=0.1,
            metrics={},
        )

    return make

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tongli.applications.write.appeal import Appeal, AppealCard, load_appeal
from tongli.core import ModelError

CARD = AppealCard(encoder="toy@1", languages=("en",), data=({"name": "toy"},), metrics={})


def made(*weights: float) -> Appeal:
    return Appeal(weights=np.array(weights, np.float32), card=CARD)


@given(arrays(np.float32, (4, 3), elements=st.floats(-5, 5, width=32)))
def test_one_wins_as_surely_as_the_other_loses(features):
    wins = made(0.5, -1.0, 0.25).wins(features)
    assert wins + wins.T == pytest.approx(np.ones((4, 4)), abs=1e-5)


@given(arrays(np.float32, (3, 3), elements=st.floats(-5, 5, width=32)))
def test_what_is_better_than_the_better_one_is_the_best(features):
    appeal = made(1.0, 0.5, -0.5)
    worth, wins = appeal.worth(features), appeal.wins(features)
    best = int(np.argmax(worth))
    assert (wins[best] >= 0.5 - 1e-6).all()


def test_saved_weights_come_back(tmp_path):
    made(1.0, 2.0).save(tmp_path)
    found = load_appeal(encoder="toy@1", folder=tmp_path)
    assert found.card == CARD
    assert found.weights.tolist() == [1.0, 2.0]


def test_weights_of_another_encoder_are_refused(tmp_path):
    made(1.0).save(tmp_path)
    with pytest.raises(ModelError) as caught:
        load_appeal(encoder="other@1", folder=tmp_path)
    assert caught.value.code == "appeal.encoder"


@pytest.mark.parametrize("broken", ["appeal.safetensors", "appeal.json"])
def test_damaged_files_are_a_coded_error(tmp_path, broken):
    made(1.0).save(tmp_path)
    (tmp_path / broken).write_bytes(b"{")
    with pytest.raises(ModelError) as caught:
        load_appeal(encoder="toy@1", folder=tmp_path)
    assert caught.value.code == "appeal.files"


def test_what_ships_names_its_licence_and_its_figures():
    from importlib.resources import files

    card = json.loads((files("tongli.applications.write") / "appeal.json").read_text())
    assert card["languages"] == ["en"]
    assert {item["licence"] for item in card["data"]} == {"CC-BY-4.0"}
    assert card["metrics"]["cross_validated"]["more_negative_sentiment"] <= 0

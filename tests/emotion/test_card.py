from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import pytest

from tongli.core import ModelError
from tongli.emotion.card import Thresholds, load_card
from tongli.knowledge.schemes import SCHEMES


def test_a_card_comes_back_as_it_was(make_card, tmp_path):
    card = make_card(
        thresholds=Thresholds(default=(0.4,) * 6, by_language={"es": (0.3,) * 6}),
        metrics={"dev": {"f1": 0.5}},
    )
    card.save(tmp_path / "ekman6.json")
    assert load_card(tmp_path / "ekman6.json") == card


@pytest.mark.parametrize(
    "change", [{"format": 99}, {"labels": ["joy"]}, {"head": "unknown"}, {"doubt": None}, {"data": 3}]
)
def test_an_unfit_card_is_a_coded_error(make_card, tmp_path, change):
    path = tmp_path / "ekman6.json"
    make_card().save(path)
    path.write_text(json.dumps({**json.loads(path.read_text()), **change}))
    with pytest.raises(ModelError) as caught:
        load_card(path)
    assert caught.value.code == "heads.card"


def test_thresholds_fall_back_to_the_base_language_then_to_all():
    thresholds = Thresholds(default=(0.5,), by_language={"pt": (0.2,), "pt-BR": (0.3,)})
    assert [thresholds.of(tag)[0] for tag in ("pt-BR", "pt-MZ", "fr", "und")] == [0.3, 0.2, 0.5, 0.5]


@pytest.mark.parametrize("head", SCHEMES)
def test_shipped_cards_name_free_data_and_measured_figures(head):
    folder = Path(str(files("tongli.emotion").joinpath("weights")))
    card = load_card(folder / f"{head}.json")
    assert card.encoder.startswith("multilingual-e5-small@")
    assert {source.licence for source in card.data} <= {"CC-BY-4.0", "Apache-2.0", "MIT", "CDLA-Sharing-1.0"}
    assert all(source.examples > 0 for source in card.data)
    assert "out_of_fold" in card.metrics

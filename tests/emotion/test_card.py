from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import pytest

from tongli.core import ModelError
from tongli.emotion.card import Calibration, Thresholds, load_card
from tongli.knowledge.schemes import SCHEMES


def test_a_card_comes_back_as_it_was(make_card, tmp_path):
    card = make_card(
        thresholds=Thresholds(default=(0.4,) * 6, by_language={"es": (0.3,) * 6}),
        metrics={"dev": {"f1": 0.5}},
    )
    card.save(tmp_path / "ekman6.json")
    assert load_card(tmp_path / "ekman6.json") == card


@pytest.mark.parametrize(
    "change",
    [
        {"format": 99},
        {"labels": ["joy"]},
        {"head": "unknown"},
        {"doubt": None},
        {"data": 3},
        {"kind": "multilabel"},
        {"kind": "magic", "head": "mood"},
        {"kind": "binary", "head": "mood"},
    ],
)
def test_an_unfit_card_is_a_coded_error(make_card, tmp_path, change):
    path = tmp_path / "ekman6.json"
    make_card().save(path)
    path.write_text(json.dumps({**json.loads(path.read_text()), **change}))
    with pytest.raises(ModelError) as caught:
        load_card(path)
    assert caught.value.code == "heads.card"


def test_a_card_declares_a_scheme_that_is_not_built_in(make_card, tmp_path):
    make_card(head="mood", labels=("a", "b"), kind="multilabel").save(tmp_path / "mood.json")
    scheme = load_card(tmp_path / "mood.json").scheme
    assert (scheme.name, scheme.kind, scheme.labels) == ("mood", "multilabel", ("a", "b"))


def test_thresholds_fall_back_to_the_base_language_then_to_all():
    thresholds = Thresholds(default=(0.5,), by_language={"pt": (0.2,), "pt-BR": (0.3,)})
    assert [thresholds.of(tag)[0] for tag in ("pt-BR", "pt-MZ", "fr", "und")] == [0.3, 0.2, 0.5, 0.5]


@pytest.mark.parametrize(
    ("tag", "value"),
    [
        ("es", 0.2),
        ("es-ES", 0.2),
        ("ar", 0.4),
        ("arz", 0.4),
        ("ary", 0.5),
        ("ak", 0.7),
        ("tw", 0.7),
        ("ja", 0),
    ],
)
def test_a_language_without_numbers_of_its_own_takes_those_of_its_relatives(tag, value):
    rows = {"es-419": (0.2,), "arq": (0.3,), "ary": (0.5,), "tw": (0.7,)}
    assert Thresholds(default=(0.0,), by_language=rows).of(tag) == pytest.approx((value,))
    assert Calibration(slope=(1.0,), offset=(9.0,), by_language=rows).shift(tag) == pytest.approx((value,))


def test_zeros_are_numbers_too():
    assert Thresholds(default=(0.5,), by_language={"es": (0.0,), "es-419": (0.2,)}).of("es") == (0.0,)


def test_a_head_knows_the_relatives_of_its_languages(make_card):
    card = make_card(languages=("es-419", "arq", "tw"))
    assert [card.knows(tag) for tag in ("es", "es-MX", "ar", "ak", "pt", "und")] == [True] * 4 + [False] * 2


def test_shipped_numbers_reach_the_languages_that_are_identified():
    folder = Path(str(files("tongli.emotion").joinpath("weights")))
    cards = {head: load_card(folder / f"{head}.json") for head in SCHEMES}
    for head, tag, own in [
        ("ekman6", "es", "es-419"),
        ("sentiment", "ak", "tw"),
        ("plutchik8", "zh", "zh-Hans"),
    ]:
        calibration = cards[head].calibration
        assert calibration.shift(tag) == calibration.by_language[own]
    for card in cards.values():
        assert all(card.calibration.shift(tag) == row for tag, row in card.calibration.by_language.items())
        assert all(card.thresholds.of(tag) == row for tag, row in card.thresholds.by_language.items())


@pytest.mark.parametrize("head", SCHEMES)
def test_shipped_cards_name_free_data_and_measured_figures(head):
    folder = Path(str(files("tongli.emotion").joinpath("weights")))
    card = load_card(folder / f"{head}.json")
    assert card.encoder.startswith("multilingual-e5-small@")
    free = {"CC-BY-4.0", "CC-BY-SA-4.0", "Apache-2.0", "MIT", "CDLA-Sharing-1.0"}
    assert {source.licence for source in card.data} <= free
    assert all(source.examples > 0 for source in card.data)
    assert "held_out" in card.metrics

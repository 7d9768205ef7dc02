"""What a training run shows at its end."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tongli.cli.learn.train_view import show
from tongli.emotion.card import load_card

ONE = {"accuracy_mean": 0.6444, "accuracy_worst": "de 0.333", "weighted_f1_mean": 1.0, "ece": 0.0428}
SEVERAL = {"macro_f1_mean": 0.54671, "macro_f1_worst": "de 0.465", "ece": 0.1072}


@pytest.fixture
def cards(tiny_settings: Any) -> list[Any]:
    found = [load_card(tiny_settings.heads / f"{name}.json") for name in ("sentiment", "ekman6")]
    metrics = [{"held_out": found, "dev": found} for found in (ONE, SEVERAL)]
    return [replace(card, metrics=figures) for card, figures in zip(found, metrics, strict=True)]


def test_figures_are_whole_in_eighty_columns(cards: Any, capsys: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    show(cards, out=Path("w"))
    rows = capsys.readouterr().out.splitlines()
    assert ["ekman6", "0", "held", "out", "0.547", "de", "0.465", "–", "–", "0.107"] in [
        row.split() for row in rows
    ]
    assert ["sentiment", "0", "dev", "–", "–", "0.644", "1.000", "0.043"] in [row.split() for row in rows]


def test_what_to_do_next_names_the_encoder(cards: Any, capsys: Any, tmp_path: Path) -> None:
    show(cards, out=tmp_path, model="tiny")
    told = capsys.readouterr().out
    assert f"TONGLI_HEADS={tmp_path} tongli read … --model tiny" in told
    assert f"tongli learn export {tmp_path} -o RELEASE --model tiny" in told
    (tmp_path / "release.json").write_text("{}", encoding="utf-8")
    show(cards, out=tmp_path)
    assert f"tongli models install {tmp_path}" in capsys.readouterr().out

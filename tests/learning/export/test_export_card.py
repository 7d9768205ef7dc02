"""The model card says what a reader must know, and what others wrote stays in its cell."""

from __future__ import annotations

from dataclasses import replace

from tongli.emotion.card import Source, load_card
from tongli.learning.export.card import model_card

PARITY = {
    "texts": 9,
    "fp32": {"ekman6": {"largest": 1e-6, "mean": 1e-7}},
    "int8": {"ekman6": {"largest": 0.04, "mean": 0.01}},
}


def page(card, *, releasable=True):
    return model_card("mine", [card], licence="CC0-1.0", releasable=releasable, parity=PARITY)


def test_it_tells_data_languages_figures_and_drift(trained):
    card = load_card(trained / "ekman6.json")
    text = page(card)
    assert "| ekman6 | random | CC0-1.0 | 0 |" in text
    assert "2 in training: en, es." in text
    assert "| ekman6 | dev | macro_f1_worst | es 0.500 |" in text
    assert "| es | **0.500** |" in text
    assert "| en | 0.600 |" in text
    assert "| ekman6 | int8 | 0.04 | 0.01 |" in text
    assert "For research only" not in text
    assert "For research only" in page(card, releasable=False)


def test_what_others_wrote_stays_in_its_cell(trained):
    card = load_card(trained / "ekman6.json")
    hostile = Source(name="a|b\n# c <script> [x](y)\x07", licence="`z`", examples=1)
    text = page(replace(card, data=(hostile,)))
    assert r"| ekman6 | a\|b # c \<script\> \[x\](y) | \`z\` | 1 |" in text


def test_norwegian_is_not_false(trained):
    card = replace(load_card(trained / "ekman6.json"), languages=("no",))
    assert 'language: ["no"]' in page(card)


def test_a_card_without_figures_still_makes_a_page(trained):
    card = replace(load_card(trained / "ekman6.json"), metrics={}, languages=(), data=())
    assert "none stated" in page(card)

"""What the benchmark of German marks computes is right."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tongli.empathy.gender.german import German

FOLDER = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(scope="module")
def star() -> Iterator[ModuleType]:
    sys.path.insert(0, str(FOLDER))
    yield importlib.import_module("gender_star")
    sys.path.remove(str(FOLDER))


def test_every_direction_of_a_text_is_counted(star):
    good = {"star": "Die Lehrer*innen", "colon": "Die Lehrer:innen", "gap": "Die Lehrer_innen"}
    assert star.conversions([good], German()) == [[True] * 6]
    assert star.conversions([{**good, "gap": "Die Lehrer"}], German())[0].count(True) < 6


def test_nouns_are_counted_in_both_numbers(star):
    record = {
        "m_sg": "Der Lehrer", "f_sg": "Die Lehrerin", "inclusive_sg": ["der*die Lehrer*in"],
        "m_pl": "Die Lehrer", "f_pl": "Die Falschen", "inclusive_pl": [],
    }  # fmt: skip
    assert star.nouns([record], German()) == {"feminine": [True, False], "open": [True]}


def test_shares_resample_whole_texts(star):
    found = star.share([[True, True], [True, False]])
    assert found["n"] == 4
    assert found["value"] == 0.75
    assert found["low"] == 0.5
    assert found["high"] == 1.0

"""What the benchmark of idioms computes is right, and it runs on a small world."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import Tokens
from tongli.empathy.figurative import Figurative

FOLDER = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(scope="module", autouse=True)
def _importable() -> Iterator[None]:
    sys.path.insert(0, str(FOLDER))
    yield
    sys.path.remove(str(FOLDER))


def foreign(texts: Sequence[str]) -> list[Tokens]:
    """States of an encoder that no weights belong to."""
    return [Tokens(spans=(), states=np.zeros((0, 1), np.float32), encoder="other") for _ in texts]


@pytest.fixture
def idioms() -> ModuleType:
    return importlib.import_module("idioms")


def test_tags_become_ranges_of_tokens(idioms):
    assert idioms.tagged(["B-IDIOM", "I-IDIOM", "O", "B-IDIOM", "B-IDIOM"]) == {(0, 2), (3, 4), (4, 5)}


def test_spans_of_the_text_become_ranges_of_tokens(idioms):
    text, places = idioms.joined(["He", "spilled", "the", "beans"], "en")
    assert text == "He spilled the beans"
    assert idioms.in_tokens([(3, 20)], places) == {(1, 4)}
    assert idioms.joined(["背", "黑锅"], "zh")[0] == "背黑锅"


def test_counts(idioms):
    counts = idioms.Counts()
    counts.add({(0, 1), (2, 3)}, {(0, 1), (4, 5), (6, 7)})
    assert counts.to_dict() == {"f1": 0.4, "precision": 0.5, "recall": 0.3333}


def test_only_literal_matches_are_left_out_in_context(idioms):
    record = {
        "lang": "en",
        "tokens": ["He", "spilled", "the", "beans", "."],
        "tags": ["O", "B", "I", "I", "O"],
    }
    figurative = Figurative(foreign)
    found = idioms.spans([record, {**record, "lang": "nl"}], figurative)
    assert found["en"]["dictionary"]["f1"] == 1
    assert found["nl"]["dictionary"]["recall"] == 0


def test_expressions_are_found_whatever_their_endings(idioms):
    record = {"mwe": "paper tiger", "target": "They are Paper-tigers."}
    assert idioms.located(record) == (9, 21)
    assert idioms.located({"mwe": "paper tiger", "target": "A lion."}) is None


def test_macro_f1_counts_both_classes(idioms):
    assert idioms.macro_f1([True, True, False], [True, False, False]) == pytest.approx(2 / 3)
    assert idioms.macro_f1([True, True], [True, True]) == 0.5


def test_both_sides_of_the_split_have_expressions(idioms):
    sides = [idioms.on_our_side(f"expression {number}") for number in range(100)]
    assert 30 < sum(sides) < 70


def test_readings_are_counted_by_language(idioms):
    def embed(texts):
        return np.array([(1, 0) if "a" in text else (0, 1) for text in texts], np.float32)

    record = {"lang": "hi", "phrase": "a", "ending1": "aa", "ending2": "b", "label": 0}
    found = idioms.readings([record, {**record, "label": 1}], embed)
    assert found == {"hi": {"n": 2, "accuracy": 0.5, "decided": 1, "accuracy_decided": 0.5}}


def test_our_own_similes_come_with_both_readings(idioms):
    found = idioms.similes()
    assert len(found) == 1105
    assert found[0]["ending1"] == "The runner is fast."
    assert {record["label"] for record in found} == {0, 1}


@pytest.mark.parametrize(
    ("text", "references", "low", "high"),
    [("to annoy", ["to annoy"], 100, 100), ("abc", ["xyz"], 0, 0), ("annoying", ["xyz", "to annoy"], 40, 90)],
)
def test_chrf(idioms, text, references, low, high):
    assert low - 1e-9 <= idioms.chrf(text, references) <= high + 1e-9


@given(text=st.text(max_size=20), other=st.text(max_size=20))
def test_chrf_is_a_share(text, other):
    idioms = importlib.import_module("idioms")
    assert 0 <= idioms.chrf(text, [other]) <= 100 + 1e-9
    assert idioms.chrf(text, [other, text]) >= idioms.chrf(text, [other])


def test_wrong_and_abstained_glosses_are_counted(idioms):
    record = {"google": ["to be fed up"], "deepl": [], "human": ["to be fed up"]}
    records = [{"id": 1, "idiom": "一二三", **record}, {"id": 2, "idiom": "背黑锅", **record}]
    found = idioms.glosses(records)
    assert (found["google_2022"]["chrf"], found["google_2022"]["wrong"]) == (100, 0)
    assert found["deepl_2022"]["abstained"] == 1
    assert found["gloss"]["abstained"] == 0.5
    assert found["gloss"]["wrong_of_answered"] == 1

"""What the benchmarks of reference and guardrails compute is right."""

from __future__ import annotations

import gzip
import importlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

FOLDER = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(scope="module", autouse=True)
def _importable() -> Iterator[None]:
    sys.path.insert(0, str(FOLDER))
    yield
    sys.path.remove(str(FOLDER))


@pytest.fixture
def reference() -> ModuleType:
    return importlib.import_module("gender_reference")


@pytest.fixture
def guardrails() -> ModuleType:
    return importlib.import_module("gender_guardrails")


def test_f1_counts_links_and_nobody(reference):
    chances = np.array([[0.9, 0.1, 0.0], [0.1, 0.2, 0.7], [0.2, 0.7, 0.1], [0.6, 0.3, 0.1]])
    assert reference.f1(chances, np.array([0, 2, 0, 2])) == pytest.approx(2 / 5)
    assert reference.f1(chances, np.array([0, 2, 1, 0])) == 1


def test_the_curve_starts_with_the_surest(reference):
    chances = np.array([[0.9, 0.1, 0.0], [0.5, 0.4, 0.1]])
    found = reference.curve(chances, np.array([0, 1]))
    assert (found["0.50"], found["1.00"]) == (1.0, 0.5)


def test_pronouns_of_either_stereotype_are_answered_alike(reference):
    def record(word: str, stereotype: str) -> dict[str, object]:
        text = f"The baker thanked the florist because {word} had helped."
        return {"text": text, "stereotype": stereotype, "mentions": ["the florist", word]}

    found = reference.winobias(
        [
            record("she", "pro"),
            record("he", "anti"),
            {**record("she", "pro"), "mentions": ["The baker", "she"]},
            {**record("he", "anti"), "mentions": ["The baker", "he"]},
        ],
        None,
    )
    assert found["records"] == 4
    assert found["gap_points"] == 0


def test_our_sentences_cover_every_list(guardrails):
    from tongli.empathy.gender.check.lists import languages

    served = {"nb": "no"}
    assert {served.get(case.lang, case.lang) for case in guardrails.cases()} == set(languages())
    assert all(case.name in case.text for case in guardrails.cases())


def test_outcomes_of_a_case(guardrails):
    case = guardrails.Case("sv", "feminine", "Robin", "Robin sa att hon kommer.")
    assert guardrails.outcomes(case) == {
        "assumption": (True, True),
        "misgendering": (True, True),
        "declared": (False, False),
    }


def test_f1_of_claims(guardrails):
    assert guardrails.f1([(True, True), (False, True), (True, False), (False, False)]) == 0.5


def test_only_one_half_of_the_transcripts_is_reported(guardrails, tmp_path):
    folder = tmp_path / "gender-mcfm"
    folder.mkdir()
    records = [
        {"language": tag, "scenario": "shoes", "text": "A: Hej."} for tag in ("SV", "DA", "FI", "TR", "ET")
    ]
    with gzip.open(folder / "transcripts.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(f"{json.dumps(record)}\n" for record in records)
    found = guardrails.quiet(tmp_path)
    assert 0 < found["transcripts"] < len(records)
    assert found["quiet"] == 1


@pytest.mark.shared
def test_gap_is_answered_better_than_by_chance(reference, shared_data):
    found = reference.gap(reference.rows(shared_data, "gap_validation")[:200], None)
    assert found["f1"] > 0.6

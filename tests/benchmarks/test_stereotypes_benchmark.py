"""What is measured of generalisations is what it says."""

from __future__ import annotations

import gzip
import importlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tongli.knowledge.stereotypes import languages

FOLDER = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(scope="module")
def script() -> Iterator[ModuleType]:
    sys.path.insert(0, str(FOLDER))
    yield importlib.import_module("stereotypes")
    sys.path.remove(str(FOLDER))


def save(path, records):
    path.parent.mkdir(exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(record) + "\n" for record in records)


def test_every_language_has_the_same_sentences(script):
    found = list(script.cases())
    kinds = {lang: [kind for other, kind, _, _ in found if other == lang] for lang in languages()}
    assert all(of == kinds["en"] for of in kinds.values())
    assert len({text for *_, text in found}) == len(found)


def test_our_sentences_stay_as_they_are_judged(script):
    found = script.ours(misses=False)
    assert found["precision"] == 1
    assert found["recall"] >= 0.97


def test_hatecheck_is_told_by_functionality_and_label(script, tmp_path):
    texts = [f"Women are stupid, says nobody {at}" for at in range(8)]
    told = [
        {"text": text, "lang": "en", "functionality": "f", "labels": ["hateful"]}
        for text in ("Women are stupid", *texts)
    ]
    save(tmp_path / script.HATECHECK, told)
    kept = [record for record in told if script.is_reported(record["text"])]
    assert 0 < len(kept) < len(told)
    assert set(script.hatecheck(tmp_path)) == {"f", "en hateful"}


def test_groups_are_named_and_something_is_said_of_them(script, tmp_path):
    save(
        tmp_path / "holistic_bias" / "descriptors.jsonl.gz",
        [{"text": "blind", "axis": "a"}, {"text": "big", "axis": "b"}],
    )
    template = {"text": "I know {plural_noun_phrase}.", "labels": ["template"]}
    save(tmp_path / "holistic_bias" / "nouns_templates.jsonl.gz", [template])
    found = script.groups(tmp_path)
    assert (found["sentences"], found["alarms"]) == (2, 0)
    assert found["groups_found"] == {"a": 1, "b": 0}

"""What the benchmark of generation takes from conversations."""

from __future__ import annotations

import gzip
import importlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(scope="module", autouse=True)
def _importable() -> Iterator[None]:
    sys.path.insert(0, str(FOLDER))
    yield
    sys.path.remove(str(FOLDER))


@pytest.fixture
def generate() -> ModuleType:
    return importlib.import_module("generate")


def conversation(*turns, number=0):
    dialog = [{"speaker": speaker, "text": text} for speaker, text in turns]
    return {"id": f"c{number}", "lang": "en", "dialog": dialog}


def test_the_first_answer_follows_all_that_was_said(generate):
    record = conversation(("supporter", "hi"), ("seeker", "a"), ("seeker", "b"), ("supporter", "c"))
    found = generate.first_answer(record, answers="supporter", source="esconv")
    assert (found["context"], found["reply"]) == ("a b", "c")
    assert found["licence"] == "CC-BY-NC-4.0"
    alone = conversation(("seeker", "a"))
    assert generate.first_answer(alone, answers="supporter", source="esconv") is None


def test_half_of_the_development_part_is_measured(generate, tmp_path):
    records = [conversation(("speaker", "a"), ("listener", "b"), number=at) for at in range(6)]
    folder = tmp_path / "empathetic_dialogues"
    folder.mkdir()
    for split in ("train", "dev"):
        with gzip.open(folder / f"{split}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(record) + "\n" for record in records)
    assert len(generate.dialogues(tmp_path, "empathetic_dialogues", "train")) == 6
    found = generate.dialogues(tmp_path, "empathetic_dialogues", "dev")
    assert [line["id"] for line in found] == ["c0", "c1", "c2"]

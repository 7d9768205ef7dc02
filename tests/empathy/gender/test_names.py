"""Former names give way to the name of today that fits the place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import FormerName, Person
from tongli.core.edit import apply_edits
from tongli.empathy.gender.check import check
from tongli.empathy.gender.forms import outside_of
from tongli.empathy.gender.names import today
from tongli.empathy.gender.rules import rules


def rewritten(text: str, **names: str) -> str:
    person = Person(former_names=(FormerName(name=names.pop("former", "Hanna")),), **names)
    found = check(text, lang="en", people=[person])
    done = rules("en").rewrite(text, people=[person]).text
    assert apply_edits(text, [item.edit for item in found if item.edit is not None]) == done
    return done


@pytest.mark.parametrize(
    ("names", "text", "expected"),
    [
        ({"name": "Ulf Berg", "given": "Ulf"}, "Hanna came.", "Ulf came."),
        ({"name": "Ulf Berg", "given": "Ulf"}, "Hanna Roe came.", "Ulf Roe came."),
        ({"name": "Ulf Berg"}, "Hanna came.", "Ulf Berg came."),
        ({"name": "Ulf Berg"}, "Hanna Berg came.", "Ulf Berg came."),
        ({"name": "Ulf"}, "Hanna's dog", "Ulf's dog"),
        ({"name": "Ulf Roe", "given": "Ulf", "former": "Hanna Berg"}, "Hanna Berg came.", "Ulf Roe came."),
    ],
)
def test_a_single_name_stays_single_and_no_family_name_comes_twice(names, text, expected):
    assert rewritten(text, **names) == expected


@pytest.mark.parametrize(
    ("lang", "former", "name", "text", "expected"),
    [
        ("zh", "王大明", "王小雨", "昨天王大明先生来了。", "昨天王小雨先生来了。"),
        ("ja", "健太", "葵", "健太くんが来た。", "葵くんが来た。"),
        ("ja", "Karl", "Kim", "昨日Karlさんが来た。", "昨日Kimさんが来た。"),
        ("de", "Karl", "Kim", "Karls Hut und Karlas Schal.", "Kims Hut und Karlas Schal."),
        ("sv", "Karl", "Alex", "Karls hatt.", "Alex’ hatt."),
        ("es", "Carlo", "Kim", "Carlos y Carlo.", "Carlos y Kim."),
    ],
)
def test_names_written_on_and_the_s_of_an_owner(lang, former, name, text, expected):
    person = Person(name=name, former_names=(FormerName(name=former),))
    assert rules(lang).rewrite(text, people=[person]).text == expected
    assert {item.claim.label for item in check(text, lang=lang, people=[person])} >= {"former-name"}


@pytest.mark.parametrize("lang", ["de", "en", "es", "ru"])
def test_of_former_names_in_one_place_the_longest_goes(lang):
    gone = tuple(FormerName(name=name) for name in ("Karl", "Karl Roe", "Roe"))
    person = Person(name="Kim", former_names=gone)
    assert rules(lang).rewrite("Karl Roe – Karl.", people=[person]).text == "Kim – Kim."
    assert today("Karl Roe – Karl.", [person], lang=lang) == "Kim – Kim."
    assert today("Karl Roe!", [Person(former_names=gone)], lang=lang) == "…!"


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 9))), st.integers(0, 30), st.integers(0, 9))
def test_many_areas_are_compared_as_each_would_be(areas, start, length):
    spans = [(first, first + size) for first, size in areas]
    span = (start, start + length)
    assert outside_of(spans)(span) == all(span[1] <= first or last <= span[0] for first, last in spans)


def test_many_places_among_many_areas_are_found_at_once():
    free = outside_of((at, at + 1) for at in range(0, 400_000, 2))
    assert sum(free((at, at + 1)) for at in range(400_000)) == 200_000

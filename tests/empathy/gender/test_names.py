"""Former names give way to the name of today that fits the place."""

from __future__ import annotations

import pytest

from tongli.core import FormerName, Person
from tongli.core.edit import apply_edits
from tongli.empathy.gender.check import check
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

from __future__ import annotations

import pytest

pytest.importorskip("nicegui", reason="the extra studio is not installed")

from tongli.applications.people import person_from, plain
from tongli.serving.studio.pages.people import merged, whole_name

BEFORE = plain(
    person_from(
        {
            "name": "Sasha Kim",
            "pronouns": {"en": "they/them", "de": "keine"},
            "locale": "de-DE",
            "former_names": [{"name": "Max Kim"}],
            "address": {"de": "informal"},
        }
    )
)


def test_what_no_field_shows_stays():
    found = merged(BEFORE, {"name": "Sasha Kim", "locale": "de-DE"})
    assert person_from(found) == person_from(BEFORE)


def test_an_emptied_line_takes_its_declaration_back():
    found = merged(BEFORE, {"name": "Sasha Kim", "locale": ""})
    assert "locale" not in found
    assert found["former_names"] == BEFORE["former_names"]


def test_forms_change_in_their_own_language_alone():
    found = merged(BEFORE, {"name": "Sasha Kim", "lang": "fr", "address": "formal"})
    assert found["address"] == {"de": "informal", "fr": "formal"}
    assert found["pronouns"] == BEFORE["pronouns"]


def test_somebody_new():
    found = merged({}, {"name": "Robin", "pronouns": "she/her", "title": ""})
    assert person_from(found) == person_from({"name": "Robin", "pronouns": "she/her"})


def test_the_name_that_somebody_is_kept_under():
    assert whole_name(BEFORE) == "Sasha Kim"
    assert whole_name({"given": "Ana", "family": "Ruiz"}) == "Ana Ruiz"

from __future__ import annotations

import pytest

from tongli.applications.people import people_from, person_from, read_people
from tongli.core import TongliError

KIM = {"name": "Kim", "pronouns": "they/them"}


def test_former_names_are_private():
    kim = person_from({**KIM, "former_names": ["Karl", {"name": "Karla", "audiences": ["family"]}]})
    assert kim.seen_by().former_names == ()
    assert [former.name for former in kim.seen_by("family").former_names] == ["Karla"]
    assert "Karl" not in repr(kim)
    assert "they" not in repr(kim)


def test_an_audience_sees_its_own_profile_and_nothing_else():
    kim = person_from({**KIM, "title": "Mx", "audiences": {"work": {"name": "Karl", "pronouns": "he/him"}}})
    work = kim.seen_by("work")
    assert (work.name, work.title) == ("Karl", None)
    assert work.audiences == {}
    assert kim.seen_by().audiences == {}


def test_languages_of_declarations():
    assert set(person_from({"name": "A", "pronouns": "elle", "lang": "es"}).pronouns) == {"es"}
    assert set(person_from({"name": "A", "pronouns": "elle"}, lang="es").pronouns) == {"es"}
    assert set(person_from({"name": "A", "pronouns": "she/her"}, lang="es").pronouns) == {"en"}
    spelled = person_from({"name": "A", "pronouns": "xier/xieser/xiem/xien", "lang": "de"}).pronouns["de"]
    assert spelled[0].declared == ("xier", "xieser", "xiem", "xien")
    assert set(person_from({"name": "A", "agreement": "neutral", "lang": "fr"}).agreement) == {"fr"}


@pytest.mark.parametrize(
    ("people", "code"),
    [
        ("secret", "people.list"),
        ([1], "people.list"),
        ([{"pronouns": "she/her"}], "people.name"),
        ([{"name": "Secret"}, {"name": "SECRET"}], "people.same-name"),
        ([{"name": "Secret", "former_names": ["secret"]}], "person.contradiction"),
        (
            [{"name": "A", "former_names": [{"name": "S", "since": "2020", "until": "2010"}]}],
            "person.contradiction",
        ),
        ([{"name": "A", "former_names": "secret"}], "person.value"),
        ([{"name": "A", "audiences": {"b": {"audiences": {}}}}], "person.value"),
        ([{"name": "A", "pronouns": "secret/secretly"}], "pronouns.unknown"),
    ],
)
def test_what_is_wrong_has_a_code_and_stays_private(people, code):
    with pytest.raises(TongliError) as caught:
        people_from(people)
    assert caught.value.code == code
    assert "secret" not in str(caught.value).casefold()


def test_files(tmp_path):
    toml, json_file = tmp_path / "p.toml", tmp_path / "p.json"
    toml.write_text('[[people]]\nname = "Kim"\npronouns = "they/them"\n[people.audiences.work]\nname = "K"\n')
    json_file.write_text('[{"name": "Kim", "pronouns": "they/them", "audiences": {"work": {"name": "K"}}}]')
    assert read_people(str(toml)) == read_people(str(json_file))
    assert people_from({"Kim": {"pronouns": "they/them"}}) == people_from([KIM])

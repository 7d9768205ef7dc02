from __future__ import annotations

import pytest

from tongli.applications.people import PeopleStore
from tongli.applications.studio import LOCAL, erase_database
from tongli.applications.studio.people_of import people_of
from tongli.core import Person


@pytest.fixture(autouse=True)
def own_file(monkeypatch, tmp_path):
    monkeypatch.setenv("TONGLI_PEOPLE", str(tmp_path / "people.json"))


def test_the_local_user_has_those_of_the_command_line():
    people_of(LOCAL.id).put([Person(name="Robin")])
    assert PeopleStore.from_env().get("robin").name == "Robin"


def test_accounts_do_not_see_each_others_people(sqlite_store, add_actor, tmp_path):
    ana, bo = add_actor(sqlite_store, "ana"), add_actor(sqlite_store, "bo")
    people_of(LOCAL.id).put([Person(name="Robin")])
    people_of(ana.id).put([Person(name="Kim")])
    assert [person.name for person in people_of(ana.id).all()] == ["Kim"]
    assert people_of(bo.id).all() == ()
    sqlite_store.accounts.remove("ana", by=LOCAL)
    assert not list(tmp_path.glob("people-*"))
    assert people_of(LOCAL.id).get("Robin")


def test_erasing_everything_leaves_the_local_users_people(url, store, add_actor, tmp_path):
    ana = add_actor(store, "ana")
    people_of(LOCAL.id).put([Person(name="Robin")])
    people_of(ana.id).put([Person(name="Kim")])
    store.close()
    erase_database(url)
    assert not list(tmp_path.glob("people-*"))
    assert people_of(LOCAL.id).get("Robin")

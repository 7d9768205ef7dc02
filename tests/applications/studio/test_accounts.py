from __future__ import annotations

import pytest

from tongli.applications.studio import LOCAL, AccessError, Preferences
from tongli.core import ConfigError, InputError

PASSWORD = "a good long password"


def test_accounts_are_listed_without_passwords(store):
    store.accounts.add("Bo", password=PASSWORD, role="admin", by=LOCAL)
    store.accounts.add("ana", password=PASSWORD, by=LOCAL)
    found = store.accounts.list(by=LOCAL)
    assert [(each.name, each.role) for each in found] == [("ana", "writer"), ("bo", "admin")]
    assert PASSWORD not in repr(found)


def test_one_name_is_one_account_in_any_case(store, add_actor):
    add_actor(store, "Straße")
    with pytest.raises(ConfigError, match=r"access\.name-taken"):
        add_actor(store, "STRASSE")
    assert store.accounts.get("strasse", by=LOCAL).name == "strasse"


@pytest.mark.parametrize(
    "name", ["", " ana", "a b", "local", "LOCAL", "-ana", "x" * 65, "a\0b", "<script>", "_x"]
)
def test_names_that_cannot_be(sqlite_store, name):
    with pytest.raises(InputError, match=r"access\.name"):
        sqlite_store.accounts.add(name, password=PASSWORD, by=LOCAL)


@pytest.mark.parametrize("name", ["王伟", "ana@example.org", "josé", "a", "علي"])
def test_names_that_can(sqlite_store, add_actor, name):
    add_actor(sqlite_store, name)
    assert sqlite_store.accounts.get(name, by=LOCAL).name == name


def test_a_role_is_one_of_three(sqlite_store, add_actor):
    with pytest.raises(InputError, match=r"studio\.choice"):
        add_actor(sqlite_store, "ana", "boss")
    add_actor(sqlite_store, "ana")
    with pytest.raises(InputError, match=r"studio\.choice"):
        sqlite_store.accounts.set_role("ana", "boss", by=LOCAL)
    sqlite_store.accounts.set_role("ana", "reviewer", by=LOCAL)
    assert sqlite_store.accounts.get("ana", by=LOCAL).role == "reviewer"


@pytest.mark.parametrize("role", ["writer", "reviewer"])
def test_only_administrators_manage_accounts(sqlite_store, add_actor, role):
    ana = add_actor(sqlite_store, "ana", role)
    accounts = sqlite_store.accounts
    for call in (
        lambda: accounts.add("bo", password=PASSWORD, by=ana),
        lambda: accounts.list(by=ana),
        lambda: accounts.get("ana", by=ana),
        lambda: accounts.remove("ana", by=ana),
        lambda: accounts.set_role("ana", "admin", by=ana),
        lambda: accounts.set_password("ana", PASSWORD, by=ana),
    ):
        with pytest.raises(AccessError, match=r"access\.denied"):
            call()


def test_removing_an_account_removes_what_it_wrote(store, add_actor):
    ana, rev = add_actor(store, "ana"), add_actor(store, "rev", "reviewer")
    store.documents.create(by=ana, text="mine")
    store.preferences.put(Preferences(theme="dark"), by=ana)
    store.review.submit(by=ana, draft="x", lang="en")
    other = store.review.submit(by=LOCAL, draft="y", lang="en")
    store.review.approve(other.id, by=rev)
    store.accounts.remove("Ana", by=LOCAL)
    store.accounts.remove("rev", by=LOCAL)
    assert store.documents.list(by=ana) == ()
    assert [each.id for each in store.review.list(by=LOCAL, status=None)] == [other.id]
    assert store.review.get(other.id, by=LOCAL).decided_by is None
    assert ana.id in {event.subject for event in store.trail.events(by=LOCAL)}
    store.trail.verify(by=LOCAL)


@pytest.mark.parametrize("name", ["nobody", "local", "x\0"])
def test_unknown_accounts(sqlite_store, name):
    for call in (sqlite_store.accounts.get, sqlite_store.accounts.remove):
        with pytest.raises(ConfigError, match=r"access\.unknown"):
            call(name, by=LOCAL)


def test_changing_ones_own_password(sqlite_store):
    made = sqlite_store.accounts.add("ana", password=PASSWORD, by=LOCAL)
    login = sqlite_store.sessions.login("ana", PASSWORD)
    ana = sqlite_store.sessions.actor(login.token)
    assert ana.id == made.id
    with pytest.raises(AccessError, match=r"access\.login"):
        sqlite_store.accounts.change_password("wrong", "another long password", by=ana)
    with pytest.raises(InputError, match=r"access\.password"):
        sqlite_store.accounts.change_password(PASSWORD, "short", by=ana)
    assert sqlite_store.sessions.actor(login.token) == ana
    sqlite_store.accounts.change_password(PASSWORD, "another long password", by=ana)
    assert sqlite_store.sessions.actor(login.token) is None
    assert sqlite_store.sessions.login("ana", "another long password").account == made

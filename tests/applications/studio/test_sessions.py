from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from tongli.applications.studio import LOCAL, AccessError
from tongli.applications.studio import sessions as module
from tongli.applications.studio.tables import SessionRow

PASSWORD = "a good long password"


class Clock(datetime):
    """A ``datetime`` whose now can be moved."""

    ahead = timedelta()

    @classmethod
    def now(cls, tz=None):
        return datetime.now(tz) + cls.ahead


@pytest.fixture
def clock(monkeypatch):
    monkeypatch.setattr(module, "datetime", Clock)
    monkeypatch.setattr(Clock, "ahead", timedelta())
    return Clock


@pytest.fixture
def quick(monkeypatch, add_actor):
    """Logins without the price of a hash."""
    monkeypatch.setattr(module, "matches", lambda password, kept: kept == f"hash of {password}")
    monkeypatch.setattr(module, "outdated", lambda kept: False)
    return add_actor


def test_a_login_makes_an_actor_with_todays_role(store, quick):
    ana = quick(store, "ana")
    login = store.sessions.login("ANA", PASSWORD)
    assert store.sessions.actor(login.token) == ana
    store.accounts.set_role("ana", "reviewer", by=LOCAL)
    assert store.sessions.actor(login.token).role == "reviewer"


def test_the_real_hash_works(sqlite_store):
    sqlite_store.accounts.add("ana", password="pässword lang genug", by=LOCAL)
    assert sqlite_store.sessions.login("ana", "pa\u0308ssword lang genug").account.name == "ana"


def test_a_wrong_name_and_a_wrong_password_are_told_alike(store, quick):
    quick(store, "ana")
    errors = []
    for name, password in (("ana", "wrong"), ("nobody", PASSWORD), ("local", ""), ("x\0", "\ud800")):
        with pytest.raises(AccessError) as caught:
            store.sessions.login(name, password)
        errors.append(str(caught.value))
    assert len(set(errors)) == 1


def test_a_name_that_nobody_has_costs_a_hash_too(sqlite_store, monkeypatch):
    asked = []
    monkeypatch.setattr(module, "matches", lambda password, kept: asked.append(kept) or False)
    with pytest.raises(AccessError):
        sqlite_store.sessions.login("nobody", PASSWORD)
    assert asked == [None]


def test_failures_are_noted_without_what_was_typed(sqlite_store, quick):
    ana = quick(sqlite_store, "ana")
    for name in ("ana", "my secret password by mistake"):
        with pytest.raises(AccessError):
            sqlite_store.sessions.login(name, "wrong")
    events = [each for each in sqlite_store.trail.events(by=LOCAL) if each.kind == "session.refused"]
    assert [each.subject for each in events] == [ana.id, ""]
    assert "secret" not in repr(events)


def test_each_login_has_a_token_of_its_own_and_ends_the_one_before(sqlite_store, quick):
    quick(sqlite_store, "ana")
    first = sqlite_store.sessions.login("ana", PASSWORD)
    second = sqlite_store.sessions.login("ana", PASSWORD, token=first.token)
    assert first.token != second.token
    assert sqlite_store.sessions.actor(first.token) is None
    assert sqlite_store.sessions.actor(second.token) is not None


def test_the_database_does_not_hold_the_token(sqlite_store, quick):
    quick(sqlite_store, "ana")
    login = sqlite_store.sessions.login("ana", PASSWORD)
    with sqlite_store.database.reading() as session:
        row = session.scalar(select(SessionRow))
    assert login.token not in (row.digest, row.user_id)
    assert login.token not in repr(login)


def test_logging_out_here_and_everywhere(store, quick):
    ana = quick(store, "ana")
    quick(store, "bo")
    one, two, three = (store.sessions.login("ana", PASSWORD).token for _ in range(3))
    bo = store.sessions.login("bo", PASSWORD).token
    store.sessions.logout(one)
    store.sessions.logout(one)
    assert store.sessions.actor(one) is None
    assert store.sessions.actor(two) == ana
    store.sessions.logout_everywhere(by=ana)
    assert store.sessions.actor(two) is None
    assert store.sessions.actor(three) is None
    assert store.sessions.actor(bo) is not None


def test_another_password_ends_every_session(sqlite_store, quick):
    quick(sqlite_store, "ana")
    token = sqlite_store.sessions.login("ana", PASSWORD).token
    sqlite_store.accounts.set_password("ana", "another good long one", by=LOCAL)
    assert sqlite_store.sessions.actor(token) is None


def test_a_session_ends_when_it_is_idle(store, quick, clock):
    quick(store, "ana")
    token = store.sessions.login("ana", PASSWORD).token
    for _ in range(3):
        clock.ahead += module.IDLE - timedelta(minutes=5)
        assert store.sessions.actor(token) is not None
    clock.ahead += module.IDLE + timedelta(minutes=5)
    assert store.sessions.actor(token) is None


def test_a_session_ends_however_busy_it_is(sqlite_store, quick, clock):
    quick(sqlite_store, "ana")
    login = sqlite_store.sessions.login("ana", PASSWORD)
    while clock.now(UTC) < login.expires:
        assert sqlite_store.sessions.actor(login.token) is not None
        clock.ahead += module.IDLE / 2
    assert sqlite_store.sessions.actor(login.token) is None


@pytest.mark.parametrize("token", [None, "", "made up", "\0", "\ud800"])
def test_nobody_has_such_a_token(sqlite_store, token):
    assert sqlite_store.sessions.actor(token) is None
    sqlite_store.sessions.logout(token)


def test_a_weaker_hash_is_replaced_at_the_next_login(sqlite_store, quick, monkeypatch):
    quick(sqlite_store, "ana")
    monkeypatch.setattr(module, "outdated", lambda kept: kept.startswith("hash of"))
    monkeypatch.setattr(module, "hashed", lambda password: f"better hash of {password}")
    sqlite_store.sessions.login("ana", PASSWORD)
    monkeypatch.setattr(module, "matches", lambda password, kept: kept == f"better hash of {password}")
    assert sqlite_store.sessions.login("ana", PASSWORD).account.name == "ana"

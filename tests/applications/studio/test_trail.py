from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import delete, update

from tongli.applications.studio import LOCAL, AccessError, ConflictError
from tongli.applications.studio.tables import EventRow
from tongli.core import Edit, StorageError
from tongli.safety.audit import START

SECRET = "Zanzibar"


def test_an_empty_log_is_whole(store):
    assert store.trail.verify(by=LOCAL) == (0, START)
    assert list(store.trail.events(by=LOCAL)) == []


def test_everything_that_matters_is_noted_without_a_word_of_it(store, add_actor):
    ana = add_actor(store, f"{SECRET}-ana", "reviewer")
    made = store.documents.create(by=ana, title=SECRET, text=SECRET, fields={"x": SECRET})
    store.documents.save(made.id, SECRET * 2, base=1, by=ana)
    with pytest.raises(ConflictError):
        store.documents.save(made.id, SECRET * 3, base=1, by=ana)
    edit = Edit(span=(0, 8), before=SECRET, after=SECRET[:3], kind="k", reason=SECRET, source="rule:x")
    store.suggestions.record(made.id, edit, "accepted", text=SECRET, lang="en", by=ana)
    one = store.review.submit(by=ana, draft=SECRET, lang="en", source=SECRET, notes=[SECRET])
    two = store.review.submit(by=ana, draft=SECRET, lang="en")
    store.review.approve(one.id, by=ana, text=SECRET + "!")
    store.review.reject(two.id, by=ana, reason=SECRET)
    store.documents.delete(made.id, by=ana)
    events = list(store.trail.events(by=LOCAL))
    assert [each.kind for each in events] == [
        "account.added",
        "document.created",
        "document.conflict",
        "suggestion.accepted",
        "review.submitted",
        "review.submitted",
        "review.edited",
        "review.rejected",
        "document.deleted",
    ]
    assert [each.number for each in events] == list(range(1, 10))
    assert {each.who for each in events} == {"local", ana.id}
    assert SECRET.casefold() not in str([each.to_dict() for each in events]).casefold()


def test_the_chain_holds_under_many_hands(store):
    with ThreadPoolExecutor(10) as pool:
        list(pool.map(lambda _: store.documents.create(by=LOCAL), range(30)))
    assert store.trail.verify(by=LOCAL)[0] == 30


@pytest.mark.parametrize(
    ("tamper", "code"),
    [
        (update(EventRow).where(EventRow.number == 2).values(who="somebody"), "audit.broken"),
        (update(EventRow).where(EventRow.number == 2).values(details='{"role": "admin"}'), "audit.broken"),
        (delete(EventRow).where(EventRow.number == 2), "audit.broken"),
        (delete(EventRow).where(EventRow.number == 3), "audit.cut"),
        (delete(EventRow), "audit.cut"),
    ],
)
def test_tampering_shows(store, tamper, code):
    for _ in range(3):
        store.documents.create(by=LOCAL)
    with store.database.writing() as session:
        session.execute(tamper)
    with pytest.raises(StorageError) as caught:
        store.trail.verify(by=LOCAL)
    assert caught.value.code == code


def test_a_known_digest_must_still_be_there(sqlite_store):
    sqlite_store.documents.create(by=LOCAL)
    _, known = sqlite_store.trail.verify(by=LOCAL)
    sqlite_store.documents.create(by=LOCAL)
    assert sqlite_store.trail.verify(by=LOCAL, head=known)[0] == 2
    with pytest.raises(StorageError, match=r"audit\.head"):
        sqlite_store.trail.verify(by=LOCAL, head="f" * 64)


def test_pages_of_events_miss_none(sqlite_store, monkeypatch):
    monkeypatch.setattr("tongli.applications.studio.trail._PAGE", 2)
    for _ in range(5):
        sqlite_store.documents.create(by=LOCAL)
    assert [each.number for each in sqlite_store.trail.events(by=LOCAL)] == [1, 2, 3, 4, 5]
    assert [each.number for each in sqlite_store.trail.events(by=LOCAL, after=3)] == [4, 5]
    assert [each.number for each in sqlite_store.trail.recent(by=LOCAL, limit=2)] == [5, 4]


def test_only_administrators_look(sqlite_store, add_actor):
    rev = add_actor(sqlite_store, "rev", "reviewer")
    for call in (
        lambda: list(sqlite_store.trail.events(by=rev)),
        lambda: sqlite_store.trail.recent(by=rev),
        lambda: sqlite_store.trail.verify(by=rev),
    ):
        with pytest.raises(AccessError):
            call()

from __future__ import annotations

import pytest

from tongli.applications.studio import LOCAL, AccessError, Preferences, open_store
from tongli.applications.studio.handover import Handed
from tongli.applications.studio.people_of import people_of
from tongli.core import ConfigError, Edit, Person


@pytest.fixture
def store(url):
    """A store in which the local user wrote."""
    with open_store(url) as opened:
        here = opened.documents.create(by=LOCAL, title="Hello", text="Every chairman is invited.")
        opened.documents.save(here.id, "Every chair is invited.", base=here.revision, by=LOCAL)
        edit = Edit(
            span=(6, 14), before="chairman", after="chair", kind="generic", source="x", reason="for everyone"
        )
        opened.suggestions.record(
            here.id, edit, "accepted", text="Every chairman is invited.", lang="en", by=LOCAL
        )
        done = opened.review.submit(by=LOCAL, draft="One", lang="en", document=here.id)
        opened.review.approve(done.id, by=LOCAL)
        opened.review.submit(by=LOCAL, draft="Two", lang="en")
        yield opened


def test_an_account_owns_what_was_handed_over(store, add_actor):
    ana, bo = add_actor(store, "ana"), add_actor(store, "bo")
    (here,) = store.documents.list(by=LOCAL)
    found = store.handover.give("Ana", by=LOCAL)
    assert found == Handed(documents=1, suggestions=1, reviews=2, people=0)
    assert store.documents.list(by=LOCAL) == store.documents.list(by=bo) == ()
    assert store.documents.get(here.id, by=ana).text == "Every chair is invited."
    assert len(store.documents.history(here.id, by=ana)) == 2
    assert {item.draft for item in store.review.list(by=ana, status=None)} == {"One", "Two"}
    assert store.review.list(by=bo, status=None) == ()
    assert store.documents.undo(here.id, base=2, by=ana).text == "Every chairman is invited."
    (last,) = store.trail.recent(by=LOCAL, limit=1)
    assert (last.kind, last.subject) == ("account.handover", ana.id)
    assert last.details == {"documents": 1, "suggestions": 1, "reviews": 2, "people": 0}
    store.trail.verify(by=LOCAL)


def test_a_dry_run_changes_nothing(store, add_actor):
    ana = add_actor(store, "ana")
    before = store.trail.verify(by=LOCAL)
    found = store.handover.give("ana", by=LOCAL, dry_run=True, people=True)
    assert found.documents == 1
    assert store.trail.verify(by=LOCAL) == before
    assert len(store.documents.list(by=LOCAL)) == 1
    assert store.documents.list(by=ana) == ()


def test_people_are_copied_only_where_that_is_asked(store, add_actor):
    ana, bo = add_actor(store, "ana"), add_actor(store, "bo")
    people_of(LOCAL.id).put([Person(name="Robin Lee")])
    try:
        assert store.handover.give("bo", by=LOCAL).people == 0
        assert people_of(bo.id).all() == ()
        assert store.handover.give("ana", by=LOCAL, people=True).people == 1
        assert [person.name for person in people_of(ana.id).all()] == ["Robin Lee"]
        assert [person.name for person in people_of(LOCAL.id).all()] == ["Robin Lee"]
    finally:
        people_of(LOCAL.id).remove("Robin Lee")


def test_leave_to_export_stays_behind(store, add_actor):
    add_actor(store, "ana")
    store.preferences.put(Preferences(share_edits=True), by=LOCAL)
    assert len(list(store.suggestions.pairs(by=LOCAL))) == 1
    store.handover.give("ana", by=LOCAL)
    assert list(store.suggestions.pairs(by=LOCAL)) == []


def test_only_administrators_and_only_to_accounts(store, add_actor):
    ana = add_actor(store, "ana", "reviewer")
    with pytest.raises(AccessError):
        store.handover.give("ana", by=ana)
    for name in ("nobody", "local"):
        with pytest.raises(ConfigError) as refused:
            store.handover.give(name, by=LOCAL)
        assert refused.value.code == "access.unknown"

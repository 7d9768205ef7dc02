from __future__ import annotations

import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tongli.applications.studio import LOCAL, AccessError, ConflictError, Limits, open_store
from tongli.applications.studio.access import PERMISSIONS
from tongli.core import InputError


def test_a_saved_text_is_there_after_opening_again(store, url):
    made = store.documents.create(
        by=LOCAL, title="Letter", text="Dear Robin,", fields={"lang": "en", "n": [1, 2]}
    )
    saved = store.documents.save(made.id, "Dear Robin!", base=made.revision, by=LOCAL)
    assert (made.revision, saved.revision) == (1, 2)
    with open_store(url) as again:
        found = again.documents.get(made.id, by=LOCAL)
    assert found == saved
    assert (found.title, found.text, found.fields) == ("Letter", "Dear Robin!", {"lang": "en", "n": [1, 2]})
    assert found.created.utcoffset().total_seconds() == 0


@pytest.mark.parametrize(
    "text", ["", "\0 nul", "gAAAA looks sealed", "שלום 同理 🙂", "lone \ud800 surrogate", "\r\n"]
)
def test_any_text_comes_back_letter_for_letter(store, text):
    made = store.documents.create(by=LOCAL, text=text, title=text, fields={"x": text})
    found = store.documents.get(made.id, by=LOCAL)
    assert (found.text, found.title, found.fields["x"]) == (text, text, text)


def test_undo_and_redo_lead_through_all_states(store):
    here = store.documents.create(by=LOCAL, text="a")
    for text in ("b", "c"):
        here = store.documents.save(here.id, text, base=here.revision, by=LOCAL)
    seen = []
    for step in ("undo", "undo", "undo", "redo", "redo", "redo"):
        here = getattr(store.documents, step)(here.id, base=here.revision, by=LOCAL)
        seen.append((here.text, here.can_undo, here.can_redo))
    assert seen == [
        ("b", True, True),
        ("a", False, True),
        ("a", False, True),
        ("b", True, True),
        ("c", True, False),
        ("c", True, False),
    ]


def test_what_was_undone_stays_in_the_history(sqlite_store):
    documents = sqlite_store.documents
    here = documents.create(by=LOCAL, text="first")
    here = documents.save(here.id, "second", base=1, by=LOCAL)
    here = documents.undo(here.id, base=2, by=LOCAL)
    here = documents.save(here.id, "third", base=here.revision, by=LOCAL)
    assert not here.can_redo
    assert [(each.number, each.kind, each.text) for each in documents.history(here.id, by=LOCAL)] == [
        (4, "saved", "third"),
        (3, "undone", "first"),
        (2, "saved", "second"),
        (1, "saved", "first"),
    ]


def test_a_lost_update_is_told_and_both_versions_are_kept(store):
    made = store.documents.create(by=LOCAL, text="start")
    mine = store.documents.save(made.id, "mine", base=1, by=LOCAL)
    with pytest.raises(ConflictError) as caught:
        store.documents.save(made.id, "yours", base=1, by=LOCAL)
    assert caught.value.code == "studio.conflict"
    assert store.documents.get(made.id, by=LOCAL) == mine
    lost = store.documents.revision(made.id, caught.value.kept, by=LOCAL)
    assert (lost.kind, lost.text) == ("conflict", "yours")
    assert "yours" not in str(caught.value)
    after = store.documents.save(made.id, "both", base=mine.revision, by=LOCAL)
    assert store.documents.undo(made.id, base=after.revision, by=LOCAL).text == "mine"


def test_undo_of_an_old_revision_is_a_conflict(sqlite_store):
    documents = sqlite_store.documents
    made = documents.create(by=LOCAL, text="a")
    documents.save(made.id, "b", base=1, by=LOCAL)
    with pytest.raises(ConflictError) as caught:
        documents.undo(made.id, base=1, by=LOCAL)
    assert caught.value.kept is None
    assert documents.get(made.id, by=LOCAL).text == "b"


def test_a_save_may_be_repeated(sqlite_store):
    documents = sqlite_store.documents
    made = documents.create(by=LOCAL, text="a")
    first = documents.save(made.id, "b", base=1, by=LOCAL)
    assert documents.save(made.id, "b", base=1, by=LOCAL) == first
    assert len(documents.history(made.id, by=LOCAL)) == 2


def test_fields_stay_unless_they_are_given(sqlite_store):
    documents = sqlite_store.documents
    made = documents.create(by=LOCAL, text="a", fields={"to": "es"})
    kept = documents.save(made.id, "b", base=1, by=LOCAL)
    assert kept.fields == {"to": "es"}
    assert documents.save(made.id, "b", base=2, by=LOCAL, fields={}).fields == {}


def test_nobody_sees_the_documents_of_others(store, add_actor):
    ana, admin = add_actor(store, "ana"), add_actor(store, "root", "admin")
    made = store.documents.create(by=ana, text="private")
    assert store.documents.list(by=admin) == ()
    for call in (
        lambda: store.documents.get(made.id, by=admin),
        lambda: store.documents.save(made.id, "x", base=1, by=admin),
        lambda: store.documents.undo(made.id, base=1, by=admin),
        lambda: store.documents.history(made.id, by=admin),
        lambda: store.documents.revision(made.id, 1, by=admin),
        lambda: store.documents.rename(made.id, "x", by=admin),
        lambda: store.documents.delete(made.id, by=admin),
    ):
        with pytest.raises(InputError, match=r"studio\.document"):
            call()
    assert store.documents.get(made.id, by=ana).text == "private"


@pytest.mark.parametrize("document", ["", "0" * 32, "x\0", "\ud800", "' OR 1=1 --"])
def test_an_unknown_document(store, document):
    with pytest.raises(InputError, match=r"studio\.document"):
        store.documents.get(document, by=LOCAL)


def test_lists_have_the_last_changed_first(sqlite_store):
    documents = sqlite_store.documents
    one, two = documents.create(by=LOCAL, text="1"), documents.create(by=LOCAL, kind="translate")
    documents.save(one.id, "one", base=1, by=LOCAL)
    assert [each.id for each in documents.list(by=LOCAL)] == [one.id, two.id]
    assert [each.id for each in documents.list(by=LOCAL, kind="translate")] == [two.id]


def test_deleting_and_renaming(store):
    made = store.documents.create(by=LOCAL, title="old")
    store.documents.rename(made.id, "new", by=LOCAL)
    assert store.documents.get(made.id, by=LOCAL).title == "new"
    store.documents.delete(made.id, by=LOCAL)
    assert store.documents.list(by=LOCAL) == ()
    with pytest.raises(InputError):
        store.documents.get(made.id, by=LOCAL)


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"text": "x" * 11}, "studio.size"),
        ({"title": "x" * 6}, "studio.size"),
        ({"fields": {"a": "x" * 30}}, "studio.size"),
        ({"fields": {"a": object()}}, "studio.fields"),
        ({"fields": {"a": float("nan")}}, "studio.fields"),
        ({"kind": "other"}, "studio.choice"),
    ],
)
def test_limits(tmp_path, template, wanted, code):
    with limited(tmp_path, template) as store:
        with pytest.raises(InputError) as caught:
            store.documents.create(by=LOCAL, **wanted)
        assert caught.value.code == code
        assert store.documents.list(by=LOCAL) == ()


def test_there_is_a_most_of_documents(tmp_path, template):
    with limited(tmp_path, template) as store:
        for _ in range(3):
            store.documents.create(by=LOCAL)
        with pytest.raises(InputError, match=r"studio\.count"):
            store.documents.create(by=LOCAL)


def test_old_revisions_are_let_go_and_the_current_one_never(tmp_path, template):
    with limited(tmp_path, template) as store:
        here = store.documents.create(by=LOCAL, text="0")
        for number in range(1, 8):
            here = store.documents.save(here.id, str(number), base=here.revision, by=LOCAL)
        assert [each.text for each in store.documents.history(here.id, by=LOCAL)] == ["7", "6", "5", "4"]
        for _ in range(6):
            with pytest.raises(ConflictError):
                store.documents.save(here.id, "lost", base=1, by=LOCAL)
        again = store.documents.get(here.id, by=LOCAL)
        assert (again.text, again.can_undo) == ("7", False)
        assert store.documents.undo(here.id, base=again.revision, by=LOCAL).text == "7"


def limited(tmp_path, template):
    path = tmp_path / "limited.db"
    shutil.copy(template, path)
    return open_store(
        f"sqlite:///{path}", limits=Limits(text=10, title=5, fields=20, documents=3, revisions=4)
    )


def test_who_may_not_write_makes_no_document(sqlite_store, monkeypatch):
    monkeypatch.setitem(PERMISSIONS, "admin", frozenset())
    with pytest.raises(AccessError, match=r"access\.denied"):
        sqlite_store.documents.create(by=LOCAL)


def test_twenty_writers_lose_nothing(store):
    made = [store.documents.create(by=LOCAL, text="") for _ in range(20)]

    def write(document):
        for number in range(5):
            document = store.documents.save(document.id, str(number), base=document.revision, by=LOCAL)
        return document

    with ThreadPoolExecutor(20) as pool:
        done = list(pool.map(write, made))
    assert {store.documents.get(each.id, by=LOCAL).text for each in done} == {"4"}
    assert store.trail.verify(by=LOCAL)[0] == 20


def test_of_twenty_changes_of_one_revision_one_wins_and_all_are_kept(store):
    made = store.documents.create(by=LOCAL, text="start")

    def write(number):
        try:
            return store.documents.save(made.id, f"text {number}", base=1, by=LOCAL).revision
        except ConflictError as error:
            return -error.kept

    with ThreadPoolExecutor(20) as pool:
        numbers = list(pool.map(write, range(20)))
    assert len([each for each in numbers if each > 0]) == 1
    texts = {each.text for each in store.documents.history(made.id, by=LOCAL)}
    assert texts == {"start", *(f"text {number}" for number in range(20))}


@pytest.fixture(scope="module")
def shared_store(template):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "shared.db"
        shutil.copy(template, path)
        with open_store(f"sqlite:///{path}") as opened:
            yield opened


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(st.integers(0, 5), st.sampled_from(["undo", "redo"])), max_size=12))
def test_undo_and_redo_are_those_of_an_editor(shared_store, moves):
    """Against the usual model: a stack to go back on, and one to come again from."""
    documents = shared_store.documents
    here = documents.create(by=LOCAL, text="start")
    back, text, forth = [], "start", []
    for move in moves:
        if move == "undo":
            here = documents.undo(here.id, base=here.revision, by=LOCAL)
            if back:
                forth.append(text)
                text = back.pop()
        elif move == "redo":
            here = documents.redo(here.id, base=here.revision, by=LOCAL)
            if forth:
                back.append(text)
                text = forth.pop()
        else:
            here = documents.save(here.id, str(move), base=here.revision, by=LOCAL)
            if str(move) != text:
                back.append(text)
                text, forth = str(move), []
        assert (here.text, here.can_undo, here.can_redo) == (text, bool(back), bool(forth))
    documents.delete(here.id, by=LOCAL)

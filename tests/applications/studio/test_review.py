from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tongli.applications.studio import LOCAL, AccessError, ConflictError, Limits, Preferences
from tongli.applications.studio.review import Review
from tongli.applications.studio.seal import Seal
from tongli.core import InputError
from tongli.generation.respond import RISK_NOTE


def submit(store, *, by=LOCAL, draft="Thank you!", **options):
    return store.review.submit(by=by, draft=draft, lang="en", **options)


def test_a_draft_waits_with_all_that_a_person_needs(store):
    document = store.documents.create(by=LOCAL).id
    made = submit(store, source="I am sad.", engine="realiser", notes=["risk", "meaning"], document=document)
    (found,) = store.review.list(by=LOCAL)
    assert found == made == store.review.get(made.id, by=LOCAL)
    assert (found.source, found.draft, found.notes) == ("I am sad.", "Thank you!", ("risk", "meaning"))
    assert (found.status, found.final, found.document) == ("open", None, document)


@pytest.mark.parametrize(
    ("text", "status", "final"),
    [
        (None, "approved", "Thank you!"),
        ("Thank you!", "approved", "Thank you!"),
        ("Thanks.", "edited", "Thanks."),
    ],
)
def test_approving(store, text, status, final):
    made = submit(store)
    done = store.review.approve(made.id, by=LOCAL, text=text)
    assert (done.status, done.final, done.decided_by) == (status, final, "local")
    assert done.decided is not None
    assert store.review.list(by=LOCAL) == ()
    assert store.review.list(by=LOCAL, status=None) == (done,)
    assert store.trail.recent(by=LOCAL, limit=1)[0].kind == f"review.{status}"


def test_rejecting_needs_a_reason(store):
    made = submit(store)
    with pytest.raises(InputError, match=r"review\.reason"):
        store.review.reject(made.id, by=LOCAL, reason="  ")
    done = store.review.reject(made.id, by=LOCAL, reason="Too cold.")
    assert (done.status, done.final, done.reason) == ("rejected", None, "Too cold.")


def test_an_empty_draft_cannot_go_out(sqlite_store):
    made = submit(sqlite_store, draft="")
    for text in (None, " \n"):
        with pytest.raises(InputError, match=r"review\.empty"):
            sqlite_store.review.approve(made.id, by=LOCAL, text=text)
    assert sqlite_store.review.approve(made.id, by=LOCAL, text="Hello").status == "edited"


def test_of_many_who_decide_at_once_one_does(store):
    made = submit(store)

    def decide(number):
        try:
            return store.review.approve(made.id, by=LOCAL, text=f"answer {number}").final
        except ConflictError as error:
            return error.code

    with ThreadPoolExecutor(8) as pool:
        told = sorted(pool.map(decide, range(8)))
    assert told == [store.review.get(made.id, by=LOCAL).final, *["review.decided"] * 7]


def test_writers_see_their_own_and_decide_nothing(store, add_actor):
    ana, bo, rev = add_actor(store, "ana"), add_actor(store, "bo"), add_actor(store, "rev", "reviewer")
    made = submit(store, by=ana)
    assert store.review.get(made.id, by=ana) == made
    assert store.review.list(by=bo) == ()
    assert (store.review.count(by=ana), store.review.count(by=bo), store.review.count(by=rev)) == (1, 0, 1)
    with pytest.raises(InputError, match=r"review\.unknown"):
        store.review.get(made.id, by=bo)
    for call in (
        lambda: store.review.approve(made.id, by=ana),
        lambda: store.review.reject(made.id, by=ana, reason="no"),
    ):
        with pytest.raises(AccessError, match=r"access\.denied"):
            call()
    assert store.review.approve(made.id, by=rev).decided_by == rev.id


@pytest.mark.parametrize("item", ["", "0" * 32, "x\0", "\ud800", "' OR 1=1 --"])
def test_an_unknown_item(store, item):
    with pytest.raises(InputError, match=r"review\.unknown"):
        store.review.get(item, by=LOCAL)
    with pytest.raises(InputError, match=r"review\.unknown"):
        store.review.approve(item, by=LOCAL)


def test_limits(sqlite_store):
    review = Review(sqlite_store.database, seal=Seal(), limits=Limits(text=5, open_items=1))
    for options in (
        {"draft": "too long"},
        {"draft": "", "source": "too long"},
        {"draft": "", "notes": ["too long"]},
    ):
        with pytest.raises(InputError, match=r"studio\.size"):
            review.submit(by=LOCAL, lang="en", **options)
    made = review.submit(by=LOCAL, lang="en", draft="fits")
    with pytest.raises(InputError, match=r"studio\.count"):
        review.submit(by=LOCAL, lang="en", draft="fits")
    with pytest.raises(InputError, match=r"studio\.size"):
        review.approve(made.id, by=LOCAL, text="too long")
    with pytest.raises(InputError, match=r"studio\.size"):
        review.reject(made.id, by=LOCAL, reason="too long")


def test_a_draft_comes_from_ones_own_document(store, add_actor):
    document = store.documents.create(by=LOCAL).id
    with pytest.raises(InputError, match=r"studio\.document"):
        submit(store, by=add_actor(store, "ana"), document=document)


def test_it_outlives_its_document(store):
    document = store.documents.create(by=LOCAL).id
    made = submit(store, document=document)
    store.documents.delete(document, by=LOCAL)
    assert store.review.get(made.id, by=LOCAL).document is None


def test_pairs_are_of_drafts_that_were_rewritten(store):
    store.preferences.put(Preferences(share_edits=True), by=LOCAL)
    kept, edited, empty = submit(store), submit(store, source="Hi"), submit(store, draft="")
    store.review.approve(kept.id, by=LOCAL)
    store.review.approve(edited.id, by=LOCAL, text="Thanks.")
    store.review.approve(empty.id, by=LOCAL, text="Hello")
    (pair,) = store.review.pairs(by=LOCAL)
    assert (pair["prompt"], pair["chosen"], pair["rejected"]) == ("Hi", "Thanks.", "Thank you!")


def test_an_item_as_plain_data(sqlite_store):
    made = submit(sqlite_store, notes=["risk"])
    data = made.to_dict()
    assert data["notes"] == ["risk"]
    assert data["created"] == made.created.isoformat()
    assert data["decided"] is None


def test_a_risk_waits_before_what_came_earlier(store):
    calm, urgent, late = (submit(store, notes=notes) for notes in ([], ["x", RISK_NOTE], []))
    assert store.review.waiting(by=LOCAL) == (urgent, calm, late)


def test_of_many_decisions_the_last_ones_are_seen(store):
    made = [submit(store).id for _ in range(4)]
    for item in (made[2], made[0], made[1]):
        store.review.approve(item, by=LOCAL)
    assert [item.id for item in store.review.decided(by=LOCAL, limit=2)] == [made[1], made[0]]

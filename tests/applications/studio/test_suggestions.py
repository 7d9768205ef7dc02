from __future__ import annotations

import pytest

from tongli.applications.studio import LOCAL, AccessError, Preferences
from tongli.core import Edit, InputError

TEXT = "Hello.\nThe chairman said so.\nBye."
EDIT = Edit(span=(11, 19), before="chairman", after="chair", kind="neutral", reason="", source="rule:chair")


def record(store, decision="accepted", *, by=LOCAL, document=None, **options):
    document = document or store.documents.create(by=by, text=TEXT).id
    return store.suggestions.record(document, EDIT, decision, text=TEXT, lang="en", by=by, **options)


def test_a_decision_is_kept_with_its_paragraph(store):
    made = record(store)
    (found,) = store.suggestions.list(made.document, by=LOCAL)
    assert found == made
    assert (found.passage, found.span) == ("The chairman said so.", (4, 12))
    assert (found.before, found.after, found.chosen) == ("chairman", "chair", "chair")
    assert (found.kind, found.source, found.lang, found.decision) == (
        "neutral",
        "rule:chair",
        "en",
        "accepted",
    )


@pytest.mark.parametrize(
    ("decision", "words", "chosen", "rejected"),
    [
        ("accepted", None, "The chair said so.", "The chairman said so."),
        ("rejected", None, "The chairman said so.", "The chair said so."),
        ("changed", "head", "The head said so.", "The chair said so."),
    ],
)
def test_pairs_say_what_the_writer_preferred(store, decision, words, chosen, rejected):
    store.preferences.put(Preferences(share_edits=True), by=LOCAL)
    record(store, decision, chosen=words)
    (pair,) = store.suggestions.pairs(by=LOCAL)
    assert pair["prompt"] == "The chairman said so."
    assert (pair["chosen"], pair["rejected"]) == (chosen, rejected)
    assert (pair["lang"], pair["kind"], pair["source"]) == ("en", "neutral", "rule:chair")


def test_pairs_are_only_of_those_who_share_them(store, add_actor):
    ana, bo = add_actor(store, "ana"), add_actor(store, "bo")
    store.preferences.put(Preferences(share_edits=True), by=bo)
    record(store, by=ana)
    shared = record(store, by=bo)
    assert [pair["id"] for pair in store.suggestions.pairs(by=LOCAL)] == [f"suggestion-{shared.id}"]
    with pytest.raises(AccessError):
        list(store.suggestions.pairs(by=ana))


def test_a_long_paragraph_is_cut_around_the_change(sqlite_store):
    text = "a" * 5_000 + "chairman" + "b" * 5_000
    edit = Edit(span=(5_000, 5_008), before="chairman", after="chair", kind="k", reason="", source="s")
    document = sqlite_store.documents.create(by=LOCAL).id
    found = sqlite_store.suggestions.record(document, edit, "accepted", text=text, lang="en", by=LOCAL)
    assert len(found.passage) == 2_008
    assert found.passage[slice(*found.span)] == "chairman"


@pytest.mark.parametrize(
    ("decision", "options"),
    [("accepted", {"chosen": "x"}), ("rejected", {"chosen": "x"}), ("changed", {}), ("maybe", {})],
)
def test_a_decision_must_make_sense(sqlite_store, decision, options):
    with pytest.raises(InputError, match=r"studio\.(suggestion|choice)"):
        record(sqlite_store, decision, **options)


def test_the_text_must_read_as_the_edit_says(sqlite_store):
    document = sqlite_store.documents.create(by=LOCAL).id
    with pytest.raises(InputError, match=r"studio\.suggestion"):
        sqlite_store.suggestions.record(document, EDIT, "accepted", text="other", lang="en", by=LOCAL)


def test_suggestions_are_of_ones_own_documents(store, add_actor):
    ana = add_actor(store, "ana")
    document = store.documents.create(by=LOCAL, text=TEXT).id
    with pytest.raises(InputError, match=r"studio\.document"):
        record(store, by=ana, document=document)
    with pytest.raises(InputError, match=r"studio\.document"):
        store.suggestions.list(document, by=ana)


def test_they_go_with_their_document(store):
    store.preferences.put(Preferences(share_edits=True), by=LOCAL)
    made = record(store)
    store.documents.delete(made.document, by=LOCAL)
    assert list(store.suggestions.pairs(by=LOCAL)) == []


@pytest.mark.parametrize("lang", ["en\0", "\ud800", "x" * 36])
def test_a_tag_that_is_none_is_refused_before_the_database(store, lang):
    document = store.documents.create(by=LOCAL, text=TEXT).id
    with pytest.raises(InputError, match=r"studio\.(label|size)"):
        store.suggestions.record(document, EDIT, "accepted", text=TEXT, lang=lang, by=LOCAL)
    with pytest.raises(InputError, match=r"studio\.(label|size)"):
        store.review.submit(by=LOCAL, draft="x", lang=lang)
    with pytest.raises(InputError, match=r"studio\.(label|size)"):
        store.preferences.put(Preferences(language=lang), by=LOCAL)

"""A text and the changes collected for it."""

from __future__ import annotations

from tongli.core.edit import apply_edits
from tongli.generation.adapt.register.draft import Draft


def test_what_is_kept_takes_no_change():
    draft = Draft("one two three")
    draft.keep(4, 7)
    draft.put(1, "2", kind="verb")
    draft.splice(5, 5, "-", kind="verb")
    draft.put(2, "3", kind="verb")
    assert apply_edits(draft.text, draft.edits()) == "one two 3"


def test_nothing_is_put_into_what_changes():
    draft = Draft("one two")
    draft.put(1, "2", kind="verb")
    draft.splice(5, 5, "-", kind="verb")
    assert apply_edits(draft.text, draft.edits()) == "one 2"

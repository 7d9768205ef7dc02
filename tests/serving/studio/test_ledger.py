from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import Edit
from tongli.serving.studio.ledger import Ledger

TEXT = "one two three four"


def edit(before: str, after: str, text: str = TEXT) -> Edit:
    start = text.index(before)
    return Edit(
        span=(start, start + len(before)), before=before, after=after, kind="test", reason="", source="test"
    )


def test_taken_in_any_order_and_back_in_any_order():
    ledger, text = Ledger(), TEXT
    text = ledger.take(text, edit("three", "drei"))
    text = ledger.take(text, edit("one", "eins", text))
    assert text == "eins two drei four"
    assert ledger.undo(text, 0) == "eins two three four"


def test_places_move_with_what_is_typed():
    ledger = Ledger()
    text = ledger.take(TEXT, edit("three", "drei"))
    typed = text.replace("one", "number one")
    ledger.follow(text, typed)
    assert ledger.undo(typed, 0) == "number one two three four"


def test_what_was_changed_by_hand_cannot_be_taken_back():
    ledger = Ledger()
    text = ledger.take(TEXT, edit("three", "drei"))
    ledger.follow(text, text.replace("drei", "dxei"))
    assert ledger.taken == []


def test_a_deletion_can_be_taken_back():
    ledger = Ledger()
    text = ledger.take(TEXT, edit("two ", ""))
    assert text == "one three four"
    assert ledger.undo(text, 0) == TEXT


def test_an_edit_of_another_text_is_refused():
    with pytest.raises(ValueError, match="does not read"):
        Ledger().take("something else entirely", edit("three", "drei"))


@given(st.text(max_size=8), st.text(max_size=8), st.text(max_size=8), st.text(max_size=8))
def test_undo_gives_back_exactly_what_was(head, before, after, tail):
    text = head + before + tail
    proposed = Edit(
        span=(len(head), len(head) + len(before)),
        before=before,
        after=after,
        kind="test",
        reason="",
        source="test",
    )
    ledger = Ledger()
    changed = ledger.take(text, proposed)
    assert changed == head + after + tail
    assert ledger.undo(changed, 0) == text

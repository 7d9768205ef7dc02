from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.generation.protected import pieces, same_protected


@given(st.text(max_size=80))
def test_the_pieces_make_up_the_text(text):
    assert "".join(piece for piece, _ in pieces(text)) == text


@pytest.mark.parametrize(
    "kept", ["@ann_1", "#joy", "https://example.org/a?b=1", "{name}", "<user>", "[NAME]", "%s", "42", "5 pm"]
)
def test_what_must_stay_is_found_and_missed(kept):
    text = f"Tell me about {kept} please"
    assert [piece for piece, protected in pieces(text) if protected] == [kept]
    assert same_protected(text, f"Please, about {kept} tell me")
    assert not same_protected(text, "Tell me about it please")
    assert not same_protected("Tell me about it please", text)


def test_numbers_count_as_often_as_they_occur():
    assert not same_protected("7 of 7", "7 of them")

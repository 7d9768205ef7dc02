from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import InputError
from tongli.core.text import clean, require_text


@given(st.text(alphabet=st.characters()))
def test_cleaning_never_moves_an_offset_and_always_encodes(text):
    cleaned, changed = clean(text)
    assert len(cleaned) == len(text)
    assert changed == (cleaned != text)
    cleaned.encode("utf-8")
    assert clean(cleaned) == (cleaned, False)


def test_lone_surrogates_and_controls_are_neutralised():
    assert clean("a\ud800b\x00c\x1bd\n\te") == ("a\ufffdb c d\n\te", True)


def test_the_longest_text_is_allowed():
    assert require_text("x" * 10, max_chars=10) == "x" * 10
    with pytest.raises(InputError, match=r"input\.too-long"):
        require_text("x" * 11, max_chars=10)


@pytest.mark.parametrize("text", ["🙂", "。", "ا", "7", "\u0301a", "<p>"])
def test_anything_visible_is_a_text(text):
    assert require_text(text, max_chars=10) == text


@pytest.mark.parametrize(
    ("value", "told"),
    [(3, "a number"), (None, "null"), ([], "a list"), ({}, "an object"), (True, "a boolean"), (b"", "bytes")],
)
def test_what_is_no_text_is_named(value: object, told: str) -> None:
    with pytest.raises(InputError, match=rf"input\.type.*{told}"):
        require_text(value, max_chars=10)

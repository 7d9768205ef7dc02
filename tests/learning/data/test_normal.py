from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.learning.data.normal import normal_form


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Caf\u00e9", "cafe\u0301"),
        ("STRASSE", "straße"),
        ("a \t\n b", "A b "),
        ("thanks @ann_1!", "Thanks @bob!"),
        ("thanks @ann", "thanks [USER]"),
        ("see https://a.example/x?y=1", "see www.b.example"),
        ("see {URL}", "see http"),
    ],
)
def test_what_differs_only_in_form_is_one_text(one: str, other: str) -> None:
    assert normal_form(one) == normal_form(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("good!", "good?"), ("न", "ना"), ("mail a@b.example", "mail a@c.example"), ("httpd", "url")],
)
def test_what_differs_in_words_stays_apart(one: str, other: str) -> None:
    assert normal_form(one) != normal_form(other)


@given(st.text())
def test_the_form_of_a_form_is_itself(text: str) -> None:
    assert normal_form(normal_form(text)) == normal_form(text)

"""Statements that address nobody."""

from __future__ import annotations

import pytest

from tongli.knowledge.statements import is_statement


@pytest.mark.parametrize(
    "text",
    [
        "The train leaves from platform four.",
        "It’s raining again.",
        "We moved to Leeds in March.",
        "I'm tired.",
    ],
)
def test_a_statement_opens_with_its_subject_and_addresses_nobody(text):
    assert is_statement(text, lang="en")
    assert is_statement(text, lang="en-GB")


@pytest.mark.parametrize(
    "text",
    [
        "Close the door.",
        "Is it raining?",
        "I think you are right.",
        "The staff told me: thanks!",
        "He is an idiot.",
        "The train’s late, isn't it? Yes.",
        "…",
        "",
    ],
)
def test_what_asks_addresses_thanks_or_insults_is_none(text):
    assert not is_statement(text, lang="en")


def test_a_language_without_lists_has_none():
    assert not is_statement("The train leaves from platform four.", lang="nl")

"""The messages are what they say, and replies to some of them are as they should be."""

from __future__ import annotations

import importlib
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tongli import Tongli
from tongli.core import Message
from tongli.generation.facts import extract_facts
from tongli.safety.risk import risk_claims

FOLDER = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(scope="module")
def replies() -> Iterator[ModuleType]:
    sys.path.insert(0, str(FOLDER))
    yield importlib.import_module("replies")
    sys.path.remove(str(FOLDER))


def test_two_hundred_messages_in_twenty_languages(replies):
    cases = list(replies.cases())
    assert len({case.message.text for case in cases}) == 200
    assert set(Counter(case.lang for case in cases).values()) == {10}
    assert set(Counter(case.kind for case in cases).values()) == {20}
    assert all(case.message.author.name for case in cases)


def test_only_the_last_kind_is_a_risk(replies):
    for case in replies.cases():
        assert bool(risk_claims(case.message)) == (case.kind == "risk"), case.message.id


def test_messages_hold_what_may_not_change(replies):
    for case in replies.cases():
        assert extract_facts(case.message.text) or case.kind == "risk", case.message.id


@pytest.mark.models
@pytest.mark.parametrize("lang", ["en", "ru", "ja"])
def test_replies_are_as_they_should_be(replies, lang):
    chosen = [case for case in replies.cases() if case.lang == lang][:4]
    for answer in replies.answers(Tongli(), chosen):
        assert answer.response.text
        assert replies.accounted(answer)
        assert replies.facts_kept(answer)
        assert replies.forms_kept(answer)
        assert replies.language_kept(answer)


@pytest.mark.models
def test_a_changed_number_is_seen(replies):
    tongli = Tongli()
    case = next(replies.cases())
    [answer] = replies.answers(tongli, [case])
    other = replies.Case(kind="anger", lang="en", message=Message("My order KX-20418 never came."))
    assert not replies.facts_kept(replies.Answer(case=other, response=answer.response, milliseconds=1))

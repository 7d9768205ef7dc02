from __future__ import annotations

from pathlib import Path

import pytest

from tongli.core import Claim, Language, Message, Reading
from tongli.empathy.culture import CultureReader
from tongli.empathy.culture.expressions import PHRASE
from tongli.empathy.figurative import Figurative

SENTENCES = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parents[2] / "knowledge" / "nationality_sentences.tsv")
    .read_text(encoding="utf-8")
    .splitlines()
]
"""Language and sentence, written for this: each names a nationality or a language, and nothing else."""


def test_there_are_two_hundred_sentences_in_several_languages():
    assert len(SENTENCES) >= 200
    assert len({lang for lang, _ in SENTENCES}) >= 10


@pytest.mark.parametrize(("lang", "text"), SENTENCES)
def test_a_nationality_alone_is_nothing_to_explain(read, lang, text):
    found = {claim.dimension for claim in read(text, lang=lang).claims if claim.label != PHRASE}
    assert found <= {"honorific"}, found


def test_claims_are_added_in_order_and_what_was_there_stays():
    there = Claim(dimension="sentiment", label="neutral", score=0.5)

    def reading(text: str, lang: str) -> Reading:
        return Reading(message=Message(text), language=Language(tag=lang, score=1.0), claims=(there,))

    def fails(texts):
        raise AssertionError("nothing has two readings here")

    given = [reading("别画蛇添足", "zh"), reading("…", "und"), reading("Sie dürfen, wenn Sie wollen", "de")]
    found = CultureReader(fails, tokens=fails, figurative=Figurative(fails)).read(given)
    assert [item.message for item in found] == [item.message for item in given]
    assert all(item.claims[0] is there for item in found)
    assert [len(item.claims) for item in found] == [3, 1, 2]


def test_an_empty_batch():
    def called(texts):
        pytest.fail("called")

    assert CultureReader(called, tokens=called, figurative=Figurative(called)).read([]) == []

"""The heads that ship: what marks nothing is left undecided, what marks something is not."""

from __future__ import annotations

import pytest

from tongli import Tongli
from tongli.core import Message

pytestmark = pytest.mark.models

STATEMENTS = (
    "The shop opens at nine on Saturdays.",
    "It rained yesterday.",
    "Dinner is at eight.",
    "We moved to Leeds in March.",
    "The kitchen is on the left.",
    "It costs twelve euros.",
    "I bought two pairs of socks.",
    "The parcel weighs two kilos.",
    "I have two cats and a dog.",
    "The kids are asleep.",
)
SAID_TO_SOMEBODY = {
    "Could you please tell me when my package will arrive?": "polite",
    "Thank you so much for your help, I really appreciate it!": "polite",
    "Why on earth would you revert that? Do not touch my page again.": "impolite",
}


@pytest.fixture(scope="module")
def politeness():
    tongli = Tongli(heads=["politeness"])

    def read(*texts: str) -> list[str | None]:
        readings = tongli.read_many([Message(text, lang="en") for text in texts])
        return [next((claim.label for claim in each.decided("politeness")), None) for each in readings]

    return read


def test_a_statement_that_addresses_nobody_is_neither_polite_nor_impolite(politeness):
    assert politeness(*STATEMENTS) == [None] * len(STATEMENTS)


def test_what_is_said_to_somebody_is_still_decided(politeness):
    assert dict(zip(SAID_TO_SOMEBODY, politeness(*SAID_TO_SOMEBODY), strict=True)) == SAID_TO_SOMEBODY

import pytest

from tongli.generation.realiser.layout import DROP_ORDER, compose
from tongli.generation.realiser.outline import Slot
from tongli.generation.realiser.phrasebook import load
from tongli.generation.realiser.shape import ACTS

SLOTS = [
    Slot(role="greeting", options=("Hi {name},",)),
    Slot(role="name_feeling", options=("Long sentence about a feeling.", "Short one.")),
    Slot(role="reference", options=("About {keep} here.",)),
    Slot(role="close", options=("closing.",)),
    Slot(role="signoff", options=("bye",)),
]
VALUES = {"name": "Ana", "keep": "4471"}


def write(max_chars, *, slots=SLOTS, lang="en"):
    return compose(
        slots, [0] * len(slots), values=VALUES, book=load(lang), fits=lambda text: len(text) <= max_chars
    )


def test_paragraphs():
    assert write(200) == "Hi Ana,\n\nLong sentence about a feeling. About 4471 here. Closing.\n\nBye"
    assert write(200, lang="de").startswith("Hi Ana,\n\nLong")


@pytest.mark.parametrize(
    ("limit", "text"),
    [
        (68, "Hi Ana,\n\nLong sentence about a feeling. About 4471 here. Closing."),
        (60, "Hi Ana,\n\nLong sentence about a feeling. About 4471 here."),
        (54, "Long sentence about a feeling. About 4471 here."),
        (46, "About 4471 here."),
        (16, "About 4471 here."),
        (15, None),
    ],
)
def test_parts_are_dropped_in_order_and_the_reference_never(limit, text):
    assert write(limit) == text


def test_a_shorter_wording_is_tried_last():
    assert write(10, slots=SLOTS[:2]) == "Short one."
    assert write(9, slots=SLOTS[:2]) is None


def test_every_role_but_the_reference_can_be_dropped():
    assert set(DROP_ORDER) == {*ACTS, "greeting", "signoff"}

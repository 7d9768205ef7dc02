"""A decided formality rests on the forms that mark it."""

from __future__ import annotations

import numpy as np
import pytest

from tongli import Tongli
from tongli.core import Claim, Evidence, Language, Message, Reading, Tokens
from tongli.emotion.marked import with_marked
from tongli.emotion.marker_card import MarkerCard
from tongli.emotion.markers import Marker

GUESSED = (Evidence(span=(0, 3), weight=0.2),)


class Tagger:
    """Knows German; marks what it is told to."""

    card = MarkerCard(
        name="markers", encoder="toy@1", labels=("formal", "informal"), data=(), languages=("de",)
    )

    def __init__(self, *found):
        self.found = [Marker(*item) for item in found]

    def spans(self, text, tokens):
        assert tokens.encoder == self.card.encoder
        return self.found


def tokens(encoder="toy@1"):
    return lambda texts: [
        Tokens(spans=(), states=np.empty((0, 2), np.float32), encoder=encoder) for _ in texts
    ]


def reading(*, label="formal", lang="de", abstained=False):
    claims = (
        Claim(dimension="emotion", label="joy", score=0.9, scheme="ekman6", evidence=GUESSED),
        Claim(dimension="formality", label=label, score=0.9, evidence=GUESSED, abstained=abstained),
    )
    return Reading(
        message=Message("Ich bitte Sie sehr."), language=Language(tag=lang, score=1.0), claims=claims
    )


def spans(found):
    return [[item.span for item in claim.evidence] for claim in found.claims]


def test_marked_forms_of_the_label_surest_first():
    tagger = Tagger((4, 9, "formal", 0.6), (10, 13, "formal", 0.9), (14, 18, "informal", 0.99))
    assert spans(with_marked(reading(), tokens=tokens(), markers=tagger)) == [[(0, 3)], [(10, 13), (4, 9)]]
    assert spans(with_marked(reading(label="informal"), tokens=tokens(), markers=tagger))[1] == [(14, 18)]


@pytest.mark.parametrize(
    ("changes", "encoder", "found"),
    [
        ({}, "toy@1", []),
        ({}, "toy@1", [(10, 13, "informal", 0.9)]),
        ({}, "other@1", [(10, 13, "formal", 0.9)]),
        ({"lang": "en"}, "toy@1", [(10, 13, "formal", 0.9)]),
        ({"abstained": True}, "toy@1", [(10, 13, "formal", 0.9)]),
    ],
    ids=["nothing marked", "another label", "another encoder", "another language", "not decided"],
)
def test_the_evidence_stays_as_it_is(changes, encoder, found):
    before = reading(**changes)
    assert with_marked(before, tokens=tokens(encoder), markers=Tagger(*found)) == before


@pytest.mark.models
@pytest.mark.parametrize(
    ("text", "label", "word"),
    [
        ("Können Sie mir bitte Ihre Rechnung schicken?", "formal", "Ihre"),
        ("Kannst du mir deine Nummer geben?", "informal", "deine"),
        ("¿Me puede decir su nombre, por favor?", "formal", "su"),
        ("안녕하세요, 주문하신 상품을 보내 드렸습니다.", "formal", "드렸습니다"),
    ],
)
def test_what_ships_marks_forms_of_address(text, label, word):
    (claim,) = [claim for claim in Tongli().read(text).claims if claim.dimension == "formality"]
    assert claim.label == label
    assert word in [text[slice(*item.span)] for item in claim.evidence]

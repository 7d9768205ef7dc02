"""Unknown expressions: suspected where a tagger says so, and where nothing is known already."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from tongli.channels.suspicion import WHY, Suspicions
from tongli.core import Claim, Evidence, Language, Message, Reading, Tokens
from tongli.emotion.markers import Marker

TEXT = "He fed the goat twice and kicked the bucket."
GOAT, BUCKET, TWICE = (3, 15), (26, 43), (16, 21)


class Encoder:
    """Keeps what it was asked."""

    def __init__(self, name: str = "one") -> None:
        self.name, self.asked = name, []

    def tokens(self, texts):
        self.asked += texts
        return [Tokens(spans=(), states=np.zeros((0, 1), np.float32), encoder=self.name) for _ in texts]


def tagger(*spans: tuple[int, int], score: float = 0.8) -> SimpleNamespace:
    card = SimpleNamespace(languages=("en",), encoder="one")
    found = [Marker(*span, "idiom", score) for span in spans]
    return SimpleNamespace(card=card, spans=lambda text, tokens: found)


def reading(*claims: Claim, lang: str = "en") -> Reading:
    return Reading(message=Message(TEXT), language=Language(tag=lang, score=1.0), claims=claims)


def test_a_suspicion_has_a_place_and_a_low_score_and_no_gloss():
    (found,) = Suspicions(Encoder(), tagger(GOAT))([reading()])[0].claims
    assert (found.dimension, found.label, found.gloss, found.claim_id) == ("idiom", None, None, None)
    assert (found.abstained, found.reason, found.score) == (True, WHY, 0.5)
    assert TEXT[slice(*found.evidence[0].span)] == "fed the goat"


def test_what_a_claim_knows_and_single_words_are_not_suspected():
    known = Claim(dimension="idiom", label="idiom", score=0.9, evidence=(Evidence(span=BUCKET, weight=1.0),))
    (done,) = Suspicions(Encoder(), tagger(BUCKET, TWICE))([reading(known)])
    assert done.claims == (known,)


@pytest.mark.parametrize(("lang", "name", "asked"), [("de", "one", []), ("en", "two", [TEXT])])
def test_other_languages_and_encoders_are_left_alone(lang, name, asked):
    encoder = Encoder(name)
    (done,) = Suspicions(encoder, tagger(GOAT))([reading(lang=lang)])
    assert (done.claims, encoder.asked) == ((), asked)


def test_regions_of_the_language_are_read_and_order_stays():
    found = Suspicions(Encoder(), tagger(GOAT, score=0.2))([reading(lang="fr"), reading(lang="en-GB")])
    assert [len(item.claims) for item in found] == [0, 1]
    assert found[1].claims[0].score == 0.2

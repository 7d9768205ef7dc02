"""A reader without weights: what it says of a text stands in a table."""

from __future__ import annotations

import numpy as np
import pytest

from tongli.core import (
    Claim,
    Draft,
    Encoding,
    Evidence,
    Language,
    Message,
    Provenance,
    Reading,
    Tokens,
    TranslationBrief,
)
from tongli.generation.translate.pair import Pair

SPANISH = ("el ", "la ", "hola", "bueno", "cansad", "años", "no ", "libro", "gracias", "barco", "ñ")


class Table:
    """Reads by word lists: Spanish or English, glad or sad."""

    def __init__(self):
        self.read = 0

    def language(self, message):
        words = f"{message.text.lower()} "
        tag = message.lang or ("es" if any(word in words for word in SPANISH) else "en")
        return Language(tag=tag, score=0.99, declared=message.lang is not None)

    def encode(self, messages):
        return [
            Encoding(
                message=each,
                language=self.language(each),
                features=np.zeros(4, np.float32),
                pieces=np.zeros(1, np.int32),
                windows=1,
                encoder="table",
            )
            for each in messages
        ]

    def sentences(self, texts):
        """Vectors that are alike for everything but the background."""
        far = np.array([1, 0, 0, 0], np.float32)
        near = np.array([0, 1, 0, 0], np.float32)
        return np.stack([near if "~" not in text and len(texts) <= 2 else far for text in texts])

    def tokens(self, texts):
        """States that no weights were fitted on."""
        return [Tokens(spans=(), states=np.zeros((0, 4), np.float32), encoder="table") for _ in texts]

    def read_many(self, messages):
        self.read += len(messages)
        return [self.reading(message) for message in messages]

    def reading(self, message):
        low = message.text.lower()
        glad, sad = ("glad" in low or "content" in low), ("sad" in low or "triste" in low)
        scores = {
            "sentiment": {"positive": 0.95 * glad, "negative": 0.95 * sad, "neutral": 0.05},
            "ekman6": {"joy": 0.9 * glad, "sadness": 0.9 * sad, "anger": 0.0, "disgust": 0.0, "fear": 0.0},
        }
        at = low.find("piece of cake")
        idioms = (
            Claim(
                dimension="idiom",
                label="idiomatic",
                score=0.9,
                evidence=(Evidence(span=(at, at + 13), weight=1.0),),
                gloss="something easy",
                claim_id="en.idiom.piece-of-cake",
            ),
        )
        return Reading(
            message=message, language=self.language(message), scores=scores, claims=idioms if at >= 0 else ()
        )


@pytest.fixture
def reader():
    return Table()


@pytest.fixture
def pair(reader):
    """Make a pair of an English text and a Spanish draft."""

    def make(before, after, *, source="en", target="es", unknown=(), **wishes):
        draft = Draft(text=after, lang=target, provenance=Provenance(engine="test"), unknown=unknown)
        return Pair(
            source=reader.reading(Message(before, lang=source)),
            draft=draft,
            target=target,
            brief=TranslationBrief(**wishes),
            reader=reader,
        )

    return make

import dataclasses

import numpy as np
import pytest

from tongli.core import Claim, CultureContext, Draft, Encoding, Language, Message, Plan, Provenance, Reading
from tongli.generation.verify import Subject

HIDDEN = 64


class FakeReader:
    """Hashed bags of words for embeddings; language, claims and scores as a test sets them.

    ``sounds`` gives scores to single texts, ``scores`` to all others.
    """

    def __init__(self):
        self.language = Language(tag="en", score=0.99)
        self.scores = {
            "ekman6": dict.fromkeys(("anger", "disgust", "fear", "joy", "sadness", "surprise"), 0.1)
        }
        self.claims = ()
        self.sounds = {}
        self.encoded = []

    def encode(self, messages):
        self.encoded += [message.text for message in messages]
        return [self._encode(message) for message in messages]

    def sentences(self, texts):
        self.encoded += texts
        return np.stack([self._vector(text) for text in texts])

    def _vector(self, text):
        vector = np.full(HIDDEN, 0.5, dtype=np.float32)
        for word in text.lower().split():
            vector[sum(map(ord, word)) % HIDDEN] += 1
        return vector / np.linalg.norm(vector)

    def _encode(self, message):
        lang = Language(tag=message.lang, score=1.0, declared=True) if message.lang else self.language
        vector = self._vector(message.text)
        nothing = np.empty(0, np.int32)
        return Encoding(
            message=message, language=lang, features=vector, pieces=nothing, windows=1, encoder="fake"
        )

    def read_many(self, messages):
        return [
            Reading(
                message=message,
                language=self.language,
                claims=self.claims,
                scores=self.sounds.get(message.text, self.scores),
            )
            for message in messages
        ]


@pytest.fixture
def reader():
    return FakeReader()


@pytest.fixture
def claim():
    def make(dimension, label, score=0.9, **rest):
        return Claim(dimension=dimension, label=label, score=score, **rest)

    return make


@pytest.fixture
def subject(reader):
    """Build a subject: the draft's text, what it answers, and changes to the plan, message or culture."""

    def make(text, *, lang="en", asked="My parcel never came.", culture=None, message=None, **plan):
        context = CultureContext(lang=lang, locale=lang, register="neutral", address="formal")
        context = dataclasses.replace(context, **(culture or {}))
        reader.language = dataclasses.replace(reader.language, tag=lang)
        words = Message(asked, **(message or {}))
        return Subject(
            draft=Draft(text=text, lang=lang, provenance=Provenance(engine="test")),
            plan=Plan(culture=context, acts=("acknowledge",), **plan),
            reading=Reading(message=words, language=reader.language),
            reader=reader,
        )

    return make

"""The draft is about what the message is about, or says what the plan wants said.

Cosines of sentence embeddings crowd together: with multilingual-e5-small, unrelated sentences have about
0.79 and translations 0.90, and sentences of one language are closer than sentences of two. So no cosine is
read by itself. Each side is compared with a background of unrelated everyday sentences in the *other* side's
language, and the cosine between the two is expressed in standard deviations above those background cosines
(a z-score, averaged over both directions).

What the realiser writes to the plan, letter for letter, is what drafts are compared with. So it is not
compared, which spares a pass of the encoder that could only say yes.

A specific reply is near the message; a general but fitting one ("that should not have happened") is not,
but it is near what the realiser would write to the same plan. One of the two is enough. What the check cannot
see is a good reply to another message of the same kind.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple
from weakref import ReferenceType, ref

from tongli.core import Check, FloatArray, Reader
from tongli.generation.verify.lexicon import table
from tongli.generation.verify.references import own_wording, references
from tongli.generation.verify.subject import Subject, base

THRESHOLD = 2.0
"""z below which a draft fails."""

SURE = 5.0
"""z from which nearness to a reference reply says enough; replies of the realiser have 5.3 and more."""

_LEAST_SPREAD = 0.008
"""Standard deviation assumed at least; eight sentences can be alike by chance."""


class Sense(NamedTuple):
    """What a text means, and in which language it says it."""

    vector: FloatArray
    lang: str


def check(subject: Subject) -> Check:
    """Fail when the draft is near neither the message nor a reference reply; the score is the larger z.

    A draft that is surely near a reference reply is not compared with the message any more.
    """
    if own_wording(subject.draft, subject.plan):
        return Check(name="meaning", passed=True, detail="the realiser's own wording to this plan")
    reader, answered = subject.reader, subject.reading
    draft = Sense(subject.sentence, base(subject.language.tag))
    z: dict[str, float] = {}
    if found := references(subject):
        near = (nearness(draft, Sense(vector, subject.lang), reader) for vector in found.sentences)
        z["a reference reply"] = max(near)
    if max(z.values(), default=0.0) < SURE:
        told = Sense(reader.sentences([answered.message.text])[0], base(answered.language.tag))
        z["the message"] = nearness(draft, told, reader)
    best = max(z.values())
    said = ", ".join(f"{value:.1f} from {name}" for name, value in z.items())
    detail = f"z = {said} (one at least {THRESHOLD:g})"
    return Check(name="meaning", passed=best >= THRESHOLD, detail=detail, score=best)


def nearness(first: Sense, second: Sense, reader: Reader) -> float:
    """Standard score (z) of the cosine between two texts, averaged over both directions; see the module."""
    cosine = float(first.vector @ second.vector)
    backgrounds = [_background(ref(reader), side.lang) for side in (second, first)]
    sides = zip((first, second), backgrounds, strict=True)
    return sum(_z(cosine, side.vector, background) for side, background in sides) / 2


def _z(cosine: float, sentence: FloatArray, background: FloatArray) -> float:
    cosines = background @ sentence
    return float((cosine - cosines.mean()) / max(_LEAST_SPREAD, float(cosines.std(ddof=1))))


@lru_cache(maxsize=64)
def _background(reader: ReferenceType[Reader], lang: str) -> FloatArray:
    """Sentence embeddings of the background in a language, ``(sentences, hidden)``; encoded once a reader.

    A language without sentences of its own gets those of all languages.
    """
    model = reader()
    assert model is not None  # noqa: S101 - the caller holds it
    sentences = table("background")
    chosen = sentences.get(lang) or [text for texts in sentences.values() for text in texts]
    return model.sentences(chosen)

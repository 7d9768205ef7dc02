"""The draft is about what the message is about.

Cosines of sentence embeddings crowd together: with multilingual-e5-small, unrelated sentences have about
0.79 and translations 0.90, and sentences of one language are closer than sentences of two. So no cosine is
read by itself. Each side is compared with a background of unrelated everyday sentences in the *other* side's
language, and the cosine between draft and message is expressed in standard deviations above those background
cosines (a z-score, averaged over both directions).
"""

from __future__ import annotations

from weakref import WeakKeyDictionary

import numpy as np

from tongli.core import Check, FloatArray, Message, Reader
from tongli.generation.verify.lexicon import table
from tongli.generation.verify.subject import Subject, base

THRESHOLD = 0.0
"""z below which a draft fails."""

_LEAST_SPREAD = 0.008
"""Standard deviation assumed at least; eight sentences can be alike by chance."""

_backgrounds: WeakKeyDictionary[Reader, dict[str, FloatArray]] = WeakKeyDictionary()


def check(subject: Subject) -> Check:
    """Fail when draft and message are no closer than unrelated sentences."""
    draft, message = subject.encoded
    theirs = _background(subject.reader, base(message.language.tag))
    ours = _background(subject.reader, subject.lang)
    cosine = float(draft.sentence @ message.sentence)
    z = (_z(cosine, message.sentence, ours) + _z(cosine, draft.sentence, theirs)) / 2
    detail = f"z = {z:.1f} above unrelated sentences (at least {THRESHOLD:g})"
    return Check(name="meaning", passed=z >= THRESHOLD, detail=detail, score=z)


def _z(cosine: float, sentence: FloatArray, background: FloatArray) -> float:
    cosines = background @ sentence
    return float((cosine - cosines.mean()) / max(_LEAST_SPREAD, float(cosines.std(ddof=1))))


def _background(reader: Reader, lang: str) -> FloatArray:
    """Sentence embeddings of the background in a language, ``(sentences, hidden)``; encoded once a reader.

    A language without sentences of its own gets those of all languages.
    """
    known = _backgrounds.setdefault(reader, {})
    if lang not in known:
        sentences = table("background")
        chosen = sentences.get(lang) or [text for texts in sentences.values() for text in texts]
        encoded = reader.encode([Message(text) for text in chosen])
        known[lang] = np.stack([item.sentence for item in encoded])
    return known[lang]

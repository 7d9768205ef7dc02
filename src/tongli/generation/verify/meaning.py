"""The draft is about what the message is about, or says what the plan wants said.

Cosines of sentence embeddings crowd together: with multilingual-e5-small, unrelated sentences have about
0.79 and translations 0.90, and sentences of one language are closer than sentences of two. So no cosine is
read by itself. Each side is compared with a background of unrelated everyday sentences in the *other* side's
language, and the cosine between the two is expressed in standard deviations above those background cosines
(a z-score, averaged over both directions).

A specific reply is near the message; a general but fitting one ("that should not have happened") is not,
but it is near the reply that the realiser would write to the same plan. One of the two is enough. What the
check cannot see is a good reply to another message of the same kind; and a draft of the realiser itself is
always near its reference.
"""

from __future__ import annotations

from dataclasses import replace
from weakref import WeakKeyDictionary

import numpy as np

from tongli.core import Check, Encoding, EngineError, FloatArray, Message, Reader
from tongli.generation.realiser import Realiser
from tongli.generation.verify.lexicon import table
from tongli.generation.verify.subject import Subject, base

THRESHOLD = 2.0
"""z below which a draft fails."""

_LEAST_SPREAD = 0.008
"""Standard deviation assumed at least; eight sentences can be alike by chance."""

_backgrounds: WeakKeyDictionary[Reader, dict[str, FloatArray]] = WeakKeyDictionary()


def check(subject: Subject) -> Check:
    """Fail when the draft is near neither the message nor a reference reply; the score is the larger z."""
    draft, message = subject.encoded
    z = {"the message": _nearness(draft, message, subject.reader)}
    if reference := _reference(subject):
        (encoded,) = subject.reader.encode([Message(reference, lang=subject.plan.culture.lang)])
        z["a reference reply"] = _nearness(draft, encoded, subject.reader)
    found = ", ".join(f"{value:.1f} from {name}" for name, value in z.items())
    best = max(z.values())
    detail = f"z = {found} (one at least {THRESHOLD:g})"
    return Check(name="meaning", passed=best >= THRESHOLD, detail=detail, score=best)


def _nearness(first: Encoding, second: Encoding, reader: Reader) -> float:
    """Z of the cosine between two texts, averaged over both directions."""
    cosine = float(first.sentence @ second.sentence)
    backgrounds = [_background(reader, base(side.language.tag)) for side in (second, first)]
    sides = zip((first, second), backgrounds, strict=True)
    return sum(_z(cosine, side.sentence, background) for side, background in sides) / 2


def _z(cosine: float, sentence: FloatArray, background: FloatArray) -> float:
    cosines = background @ sentence
    return float((cosine - cosines.mean()) / max(_LEAST_SPREAD, float(cosines.std(ddof=1))))


def _reference(subject: Subject) -> str:
    """What the realiser writes to the plan, without names and kept strings; empty where it cannot."""
    culture = replace(subject.plan.culture, salutation="")
    plan = replace(subject.plan, culture=culture, keep=(), avoid=())
    try:
        drafts = Realiser().draft(plan, subject.reading)
    except EngineError:
        return ""
    return drafts[0].text


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

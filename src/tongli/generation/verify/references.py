"""Reference replies: what the realiser writes to the same plan, as the models see it.

No score of a model means much by itself in a reply: polite words read as joyful, words of regret as sad, and
cosines crowd together. A draft is therefore compared with replies that are known to fit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from weakref import ReferenceType, ref

from tongli.core import Draft, EngineError, FloatArray, Language, Message, Plan, Reader, Reading
from tongli.core.reading import Scores
from tongli.generation.realiser import Realiser
from tongli.generation.verify.subject import Subject

_DRAFTS = 3
ASKED = 4
"""Drafts that an engine is asked for."""
_KEPT = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class References:
    """Some replies that fit a plan.

    Attributes:
        sentences: shape ``(replies, hidden)``, unit length.
        scores: one a reply; what the heads say.
    """

    sentences: FloatArray
    scores: tuple[Scores, ...]

    def highest(self, head: str, label: str) -> float | None:
        """The highest value of a label among the replies; ``None`` when the head did not run."""
        heads = [scores.get(head) for scores in self.scores]
        found = [float(values[label]) for values in heads if isinstance(values, Mapping) and label in values]
        return max(found, default=None)

    def lowest(self, head: str) -> float | None:
        """The lowest value of a one-value head among the replies; ``None`` when it did not run."""
        found = [scores.get(head) for scores in self.scores]
        return min((value for value in found if isinstance(value, float)), default=None)


def references(subject: Subject) -> References | None:
    """References for the draft's plan; ``None`` where the realiser does not write the language."""
    culture = replace(subject.plan.culture, salutation="")
    # Without what differs from message to message, so that plans of one kind share their references.
    kind = replace(
        subject.plan,
        culture=culture,
        keep=(),
        avoid=(),
        notices=(),
        signoff="",
        channel="",
        pronouns=None,
        seed=0,
        intensity=round(subject.plan.intensity),
    )
    return _remembered(ref(subject.reader), kind)


def own_wording(draft: Draft, plan: Plan) -> bool:
    """Whether a draft is, letter for letter, what the realiser writes to this very plan."""
    return draft.text in _texts(plan, n=ASKED)


@lru_cache(maxsize=_KEPT)
def _remembered(reader: ReferenceType[Reader], plan: Plan) -> References | None:
    model = reader()
    texts = _texts(plan, n=_DRAFTS)
    if model is None or not texts:
        return None
    messages = [Message(text, lang=plan.culture.lang) for text in texts]
    readings = model.read_many(messages)
    return References(sentences=model.sentences(texts), scores=tuple(reading.scores for reading in readings))


@lru_cache(maxsize=16)
def _texts(plan: Plan, *, n: int) -> tuple[str, ...]:
    nothing = Reading(message=Message(), language=Language(tag=plan.culture.lang, score=1.0))
    try:
        return tuple(draft.text for draft in Realiser().draft(plan, nothing, n=n))
    except EngineError:
        return ()

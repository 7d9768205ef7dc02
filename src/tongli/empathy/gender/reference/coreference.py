"""Whom a mention points to, or why nobody can say."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from tongli.core import FloatArray, InputError, Span, Tokens
from tongli.empathy.gender.reference.bystanders import bystanders, several
from tongli.empathy.gender.reference.canonical import Canonical, canonical, is_pronoun
from tongli.empathy.gender.reference.mentions import Candidate, Mention, find_mentions
from tongli.empathy.gender.reference.network import load, stack, without
from tongli.empathy.gender.reference.surface import REMEMBERED, look

Read = Callable[[Sequence[str]], Sequence[Tokens]]
"""States of the tokens of texts: :meth:`tongli.encoders.text.TextEncoder.tokens`."""

NEAR = 2
"""Sentences back that count, in languages for which there is no model."""
NEAREST_SCORE = 0.8
"""What the only candidate near by is worth there; an estimate, not measured."""
BEFORE, AFTER = 800, 400
"""Code points before and after a mention that are looked at."""

_SENTENCE_END = re.compile(r"[.!?。！？।؟]+\s*|\n+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """Whom a mention points to.

    Attributes:
        referent: index of the candidate; ``None`` for an abstention.
        score: probability in 0..1 that the best candidate is meant, whether or not it was good enough.
        reason: why it abstains, or how it was found: ``name``, ``context`` or ``nearest``.
    """

    referent: int | None
    score: float
    reason: str


def resolve(
    text: str,
    *,
    mention: Span,
    candidates: Sequence[Candidate],
    lang: str = "en",
    least: float = 0.0,
    read: Read | None = None,
) -> Resolution:
    """Whom a pronoun, a noun or a title points to.

    English has a model; in other languages the only candidate named in the last sentences is taken, and
    several lead to an abstention. Names are looked for and never looked at: they may be any.

    Args:
        text: the text.
        mention: code points of what is to be resolved.
        candidates: names as they stand in the text, or where they stand.
        lang: language of the text (BCP-47).
        least: score under which nobody is named.
        read: the encoder's tokens, for a better answer in English; they take most of the time.

    Raises:
        InputError: ``reference.mention`` for places outside the text or empty ones; ``reference.candidates``
            where there are none.
    """
    _require(text, mention, candidates)
    start, end = max(0, mention[0] - BEFORE), mention[1] + AFTER
    near = text[start:end]
    asked = (mention[0] - start, mention[1] - start)
    shifted = [
        item if isinstance(item, str) else (max(0, item[0] - start), max(0, item[1] - start))
        for item in candidates
    ]
    mentions = find_mentions(
        near, [item if isinstance(item, str) or item[0] < len(near) else "" for item in shifted]
    )
    named = {item.candidate for item in mentions if item.start <= asked[1] and asked[0] < item.end}
    if len(named) == 1:
        return Resolution(referent=named.pop(), score=1.0, reason="name")
    mentions = [item for item in mentions if item.end <= asked[0] or asked[1] <= item.start]
    titled = _titled(near, asked, mentions)
    if titled is not None:
        return Resolution(referent=titled, score=1.0, reason="name")
    if not mentions:
        return Resolution(referent=None, score=0.0, reason="no candidate is named near by")
    if lang.partition("-")[0].lower() != "en":
        return _nearest(near, asked, mentions)
    if several(near, mention=asked, mentions=mentions):
        return Resolution(referent=None, score=0.0, reason="several people may be meant")
    found = with_bystanders(near, mention=asked, mentions=tuple(mentions), known=len(candidates))
    asked_one = is_pronoun(near[slice(*asked)])
    return _decided(found, pronoun=asked_one, known=len(candidates), least=least, read=read)


@lru_cache(maxsize=REMEMBERED)
def with_bystanders(text: str, *, mention: Span, mentions: tuple[Mention, ...], known: int) -> Canonical:
    """The canonical text; others who may be meant are numbered from ``known`` on."""
    asked = is_pronoun(text[slice(*mention)])
    rivals = bystanders(text, mention=mention, mentions=mentions, known=known) if asked else []
    return canonical(text, mention=mention, mentions=mentions, beside=rivals)


def _decided(found: Canonical, *, pronoun: bool, known: int, least: float, read: Read | None) -> Resolution:
    """Who is likeliest, without those whom a pronoun cannot mean; from ``known`` on nobody is a candidate."""
    features, out = look(found)
    who = sorted(features)
    if not any(index < known for index in who):  # a name that holds the pronoun: "He or she said"
        return Resolution(referent=None, score=0.0, reason="no candidate is named near by")
    chances = _chances(found, stack([features[index] for index in who]), who, read)
    if pronoun:
        chances = without(chances, [place for place, index in enumerate(who) if index in out])
    if not chances.any():
        return Resolution(referent=None, score=0.0, reason="no candidate can be meant")
    named = [place for place, index in enumerate(who) if index < known]
    best = max(named, key=lambda place: float(chances[place]))
    score = round(float(chances[best]), 4)
    if chances.argmax() != best:
        return Resolution(referent=None, score=score, reason="more likely somebody who is no candidate")
    if score < least:
        return Resolution(referent=None, score=score, reason="no candidate is likely enough")
    return Resolution(referent=who[best], score=score, reason="context")


def _chances(found: Canonical, features: FloatArray, who: Sequence[int], read: Read | None) -> FloatArray:
    if read is not None:
        tokens = read([found.text])[0]
        network = load("states")
        if tokens.encoder == network.encoder and len(tokens.spans):
            states = stack([state_at(tokens, near_mention(found, index).start) for index in who])
            return network.probabilities(features, pronoun=state_at(tokens, found.pronoun), candidates=states)
    return load("surface").probabilities(features)


def near_mention(found: Canonical, candidate: int) -> Mention:
    """The last mention of a candidate before the pronoun, or else the first after it."""
    own = [item for item in found.mentions if item.candidate == candidate]
    before = [item for item in own if item.start < found.pronoun]
    return before[-1] if before else own[0]


def state_at(tokens: Tokens, offset: int) -> FloatArray:
    """The state of the token at an offset."""
    at = bisect_right([start for start, _ in tokens.spans], offset) - 1
    return np.asarray(tokens.states[max(0, at)], np.float32)


def _titled(text: str, asked: Span, mentions: Sequence[Mention]) -> int | None:
    """The candidate whose name follows a title or a noun at once ("Ms Lin"); never one after a pronoun."""
    if is_pronoun(text[slice(*asked)]):
        return None
    return next(
        (
            item.candidate
            for item in mentions
            if asked[1] < item.start and not text[asked[1] : item.start].strip(" .\u00a0")
        ),
        None,
    )


def _nearest(text: str, asked: Span, mentions: Sequence[Mention]) -> Resolution:
    """The only candidate of the sentence and the two before it."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text, 0, asked[0])]
    start = ends[-1 - NEAR] if len(ends) > NEAR else 0
    near = {item.candidate for item in mentions if start <= item.start < asked[0]}
    if len(near) == 1:
        return Resolution(referent=near.pop(), score=NEAREST_SCORE, reason="nearest")
    reason = "several candidates are near by" if near else "no candidate is named just before"
    return Resolution(referent=None, score=0.0, reason=reason)


def _require(text: str, mention: Span, candidates: Sequence[Candidate]) -> None:
    places = [mention, *(item for item in candidates if not isinstance(item, str))]
    if not all(0 <= start < end <= len(text) for start, end in places):
        raise InputError(
            "reference.mention",
            received="a place outside the text, or an empty one",
            allowed=f"two offsets from 0 to {len(text)}, the first smaller",
            fix="Count code points from 0; the end is not part of the place.",
        )
    if not candidates or any(isinstance(item, str) and not item.strip() for item in candidates):
        raise InputError(
            "reference.candidates",
            received="no candidates" if not candidates else "a candidate without a name",
            allowed="names as they stand in the text, or [start, end]",
            fix="Say who may be meant.",
        )

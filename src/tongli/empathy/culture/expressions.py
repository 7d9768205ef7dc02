"""Idiom, slang and figurative: what expressions mean, and whether their words are meant as they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tongli.core import Claim, Evidence, Reading
from tongli.empathy.culture.found import CERTAINTY
from tongli.empathy.culture.items import OPEN
from tongli.empathy.figurative import Decision, Figurative, Place
from tongli.knowledge.claim import FIGURATIVE
from tongli.knowledge.claim_matcher import Match

_AROUND = 200
"""Code points on each side by which an expression is judged, so that a long text costs no more."""

PHRASE = "phrase"
"""Label of a set phrase, which any reader of the language knows: nothing is to be done about it."""

_DIGITS = 4
_WHY = {
    "alone": f"{OPEN}, and nothing around it tells",
    "language": f"{OPEN}, and no model tells in this language",
    "model": f"{OPEN}, and what tells belongs to another model",
    "unsure": "literal and idiomatic are about as probable",
}


def expressions(
    readings: Sequence[Reading], found: Sequence[Sequence[Match]], figurative: Figurative
) -> list[list[Claim]]:
    """The claims about the expressions of each message; those of all messages are judged together.

    ``figurative`` tells how the words of an idiom or proverb are meant (``idiomatic`` or ``literal``);
    ``idiom`` stands where they are not literal, and abstains where that is open, as ``slang`` does. A set
    phrase (a claim that is to be kept) is an ``idiom`` with the label ``phrase``, and not figurative.
    """
    kept = [[match for match in matches if match.claim.kind in FIGURATIVE] for matches in found]
    judged = [
        _place(match, reading)
        for reading, matches in zip(readings, kept, strict=True)
        for match in matches
        if _is_judged(match)
    ]
    decisions = iter(figurative.decide(judged) if judged else ())
    return [
        [
            claim
            for match in matches
            for claim in _claims(match, next(decisions) if _is_judged(match) else None)
        ]
        for matches in kept
    ]


def _is_judged(match: Match) -> bool:
    return match.claim.kind != "slang" and _is_open(match)


def _is_open(match: Match) -> bool:
    return match.claim.meaning is not None and match.claim.meaning.literal_use_possible


def _place(match: Match, reading: Reading) -> Place:
    start, end = match.span
    first = max(0, start - _AROUND)
    text = reading.message.text[first : end + _AROUND]
    return Place(text=text, span=(start - first, end - first), lang=reading.language.tag)


def _claims(match: Match, decision: Decision | None) -> Iterator[Claim]:
    """``decision`` is ``None`` for what needs no context, and for slang."""
    claim, kept = match.claim, match.claim.action.adapt == "keep"
    found = Claim(
        dimension="slang" if claim.kind == "slang" else "idiom",
        label=PHRASE if kept else claim.kind,
        score=CERTAINTY[claim.strength.confidence],
        evidence=(Evidence(span=match.span, weight=1.0),),
        source=f"claim:{claim.id}",
        claim_id=claim.id,
        gloss=claim.meaning.sense if claim.meaning is not None else None,
    )
    if claim.kind == "slang":
        yield _abstained(found, score=CERTAINTY["low"], reason=OPEN) if _is_open(match) else found
        return
    if kept and (decision is None or decision.use != "literal"):
        sure = decision is None or decision.why is None
        yield found if sure else _abstained(found, score=CERTAINTY["low"], reason=OPEN)
        return
    if decision is None:
        yield from (found, replace(found, dimension="figurative", label="idiomatic", gloss=None))
        return
    score = round(decision.score, _DIGITS)
    how = replace(found, dimension="figurative", label=decision.use, score=score, gloss=None)
    how = replace(how, source="figurative")
    if decision.why is not None:
        reason = _WHY[decision.why]
        yield from (
            _abstained(found, score=score, reason=reason),
            _abstained(how, score=score, reason=reason),
        )
    elif decision.use == "literal":
        yield replace(how, score=round(1 - score, _DIGITS))
    else:
        yield from (replace(found, score=score), how)


def _abstained(claim: Claim, *, score: float, reason: str) -> Claim:
    return replace(claim, label=None, score=score, abstained=True, reason=reason)

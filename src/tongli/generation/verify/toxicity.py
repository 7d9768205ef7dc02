"""No insult, slur, threat or contempt that the language's list knows, and no open hostility.

The lists (``data/insults.toml``) are small and explicit. They judge drafts of a service, not people's
messages: a reply has no good reason for any of these words. Hatred of a group of people, threats to it and
wishing it away are found by :mod:`tongli.knowledge.stereotypes`. Other hostility is left to the emotion
heads.
"""

from __future__ import annotations

from tongli.core import Check
from tongli.generation.verify.lexicon import phrases, table
from tongli.generation.verify.references import references
from tongli.generation.verify.subject import Subject, quote
from tongli.knowledge.stereotypes import stereotypes

_HOSTILE = 0.9


def check(subject: Subject) -> Check:
    """Fail on a listed expression, or on open hostility as the emotion heads see it."""
    listed = {span for lang in ("any", subject.lang) for span in _find(subject, lang)}
    spans = sorted(listed.union(_hatred(subject)))
    if spans:
        detail = f"abusive: {quote(subject.text, spans)}"
        return Check(name="toxicity", passed=False, detail=detail, score=1.0, evidence=tuple(spans))
    hostile = _hostility(subject)
    if hostile >= _HOSTILE:
        return Check(name="toxicity", passed=False, detail=f"hostile tone ({hostile:.2f})", score=hostile)
    detail = "no listed expression" if subject.lang in table("insults") else "no list for this language"
    passed = True if subject.lang in table("insults") else None
    return Check(name="toxicity", passed=passed, detail=detail, score=hostile)


def _hostility(subject: Subject) -> float:
    """Anger, where it is the strongest emotion and stronger than in replies that fit; else 0.

    Disgust is left to the check of emotions: fitting replies to disgust name it.
    """
    emotions = subject.voiced("ekman6")
    anger = emotions.get("anger", 0.0)
    known = references(subject)
    usual = known.highest("ekman6", "anger") if known else None
    outdone = anger < max(emotions.values(), default=0.0) or (usual is not None and anger <= usual)
    return 0.0 if outdone else anger


def _find(subject: Subject, lang: str) -> list[tuple[int, int]]:
    found = phrases("insults", lang, "words")
    return found.find(subject.text) if found else []


def _hatred(subject: Subject) -> list[tuple[int, int]]:
    """Where the draft hates, threatens or wants a group of people gone, and does not tell of it."""
    known = stereotypes(subject.lang)
    found = known.find(subject.own_words, "wants") if known else []
    return [place.span for place in found if not place.told]

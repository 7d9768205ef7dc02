"""What the draft itself sounds like fits what the person feels.

Polite service language reads as joyful, regret as sad, and naming an anger sounds a little angry, so no
probability is judged by itself: a wrong emotion has to be probable *and* clearly above what replies that fit
the plan show of it, by a margin in log-odds. Words that name the reader's anger (``data/naming.toml``) are
left out, since whoever names a feeling does not voice it.
"""

from __future__ import annotations

import math

from tongli.core import Check
from tongli.core.odds import log_odds
from tongli.generation.verify.references import References, references
from tongli.generation.verify.subject import Subject

PROBABLE = 0.5
MARGIN = 2.0
"""Log-odds above the highest reference. Fitting replies stay below; mockery and hostility go far beyond."""
_EKMAN, _SENTIMENT = "ekman6", "sentiment"
_HOSTILE = ((_EKMAN, "anger"), (_EKMAN, "disgust"))
_MOCKING = (*_HOSTILE, (_EKMAN, "joy"))
_GLOOMY = (*_HOSTILE, (_EKMAN, "fear"), (_EKMAN, "sadness"), (_SENTIMENT, "negative"))
_WRONG = {"anger": _MOCKING, "disgust": _MOCKING, "fear": _MOCKING, "sadness": _MOCKING, "joy": _GLOOMY}
"""Heads and labels that must not stand out, by the feeling that is answered; otherwise hostility only."""


def check(subject: Subject) -> Check:
    """Fail on hostility, mockery or gloom; abstain without heads or references.

    The score is 0.5 where the worst label equals the references and falls towards 0 above them.
    """
    known = references(subject)
    if known is None:
        return Check(name="emotion", passed=None, detail=f"no reference replies in {subject.lang}")
    feeling = subject.plan.feeling
    excess = _excess(subject, known, _WRONG.get(feeling or "", _HOSTILE))
    if not excess:
        return Check(name="emotion", passed=None, detail="no emotion or sentiment head ran")
    worst = max(excess, key=lambda label: excess[label])
    answered = feeling or "a calm message"
    return Check(
        name="emotion",
        passed=excess[worst] < MARGIN,
        detail=f"{worst} at {excess[worst]:+.1f} log-odds from fitting replies to {answered}",
        score=1 / (1 + math.exp(excess[worst])),
    )


def _excess(subject: Subject, known: References, wrong: tuple[tuple[str, str], ...]) -> dict[str, float]:
    """Label → log-odds above the references; at most 0 where the label is not probable."""
    found: dict[str, float] = {}
    for head, label in wrong:
        own, usual = subject.voiced(head).get(label), known.highest(head, label)
        if own is not None and usual is not None:
            above = log_odds(own) - log_odds(usual)
            found[label] = above if own >= PROBABLE else min(0.0, above)
    return found

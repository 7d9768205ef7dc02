"""The draft is not more casual than its plan allows.

Only a planned formal register is judged: by words of chat and slang (``data/casual.toml``), and by the
formality head. A stiff tone where a casual one was wanted is not wrong, and the politeness head learnt from
requests: it calls honest words of regret impolite, so rudeness is left to the checks of toxicity and emotion.
Since a warm sentence may carry no mark of formality at all, a draft without such words has to be decided
informal *and* lie far below replies that fit the plan.
"""

from __future__ import annotations

import math

from tongli.core import Check
from tongli.core.odds import log_odds
from tongli.generation.verify.lexicon import phrases
from tongli.generation.verify.references import references
from tongli.generation.verify.subject import Subject, quote

MARGIN = 4.0
"""Log-odds below the lowest reference."""


def check(subject: Subject) -> Check:
    """Fail on a draft that is clearly too casual; abstain where the head does not decide."""
    register = subject.plan.culture.register
    if register != "formal":
        return Check(name="register", passed=True, detail=f"any tone suits a planned {register} register")
    listed = phrases("casual", subject.lang, "phrases")
    if slang := listed.find(subject.own_words) if listed else []:
        detail = f"too casual: {quote(subject.text, slang)}"
        return Check(name="register", passed=False, detail=detail, score=0.0, evidence=tuple(slang))
    decided = next(subject.own_reading.decided("formality"), None)
    own, known = subject.own_reading.scores.get("formality"), references(subject)
    usual = None if known is None else known.lowest("formality")
    if decided is None or not isinstance(own, float) or usual is None:
        return Check(name="register", passed=None, detail=f"formality is not decided for {subject.lang}")
    gap = max(0.0, log_odds(usual) - log_odds(own))
    return Check(
        name="register",
        passed=decided.label != "informal" or gap <= MARGIN,
        detail=f"{decided.label}, {gap:.1f} log-odds below fitting formal replies",
        score=1 / (1 + math.exp(gap)),
    )

"""The draft's formality and politeness suit the register of the plan."""

from __future__ import annotations

from tongli.core import Check, Claim
from tongli.generation.verify.subject import Subject

_WRONG = {
    "formal": frozenset({"impolite", "informal"}),
    "neutral": frozenset({"impolite"}),
    "informal": frozenset({"impolite"}),
}
"""Register → labels that no decided claim may have. A formal tone where an informal one was asked for is
stiff, not wrong."""


def check(subject: Subject) -> Check:
    """Fail on a decided wrong label; abstain when no head decides, for instance outside its languages."""
    register = subject.plan.culture.register
    decided: list[Claim] = [
        claim for dimension in ("politeness", "formality") for claim in subject.own_reading.decided(dimension)
    ]
    if not decided:
        return Check(name="register", passed=None, detail=f"no head decides for {subject.lang}")
    wrong = [claim for claim in decided if claim.label in _WRONG[register]]
    detail = ", ".join(f"{claim.label} ({claim.score:.2f})" for claim in wrong or decided)
    return Check(
        name="register",
        passed=not wrong,
        detail=f"{detail}; planned {register}",
        score=min(claim.score if claim not in wrong else 1 - claim.score for claim in decided),
    )

"""Strings that the plan forbids are absent."""

from __future__ import annotations

from tongli.core import Check
from tongli.core.phrases import Phrases
from tongli.generation.verify.subject import Subject


def check(subject: Subject) -> Check:
    """Fail when a string of ``plan.avoid`` occurs as a word or phrase of its own, in whatever case.

    The strings may be private, so the detail counts them and does not name them.
    """
    forbidden = [item for item in subject.plan.avoid if item.strip()]
    spans = Phrases.literal(forbidden).find(subject.text)
    detail = f"{len(spans)} forbidden string(s)" if spans else f"none of {len(forbidden)} forbidden strings"
    return Check(name="avoid", passed=not spans, detail=detail, evidence=tuple(spans))

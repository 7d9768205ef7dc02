"""The draft says something, and no more than the plan and its channel allow."""

from __future__ import annotations

from tongli.core import Check
from tongli.generation.channels import channel, size
from tongli.generation.verify.subject import Subject


def check(subject: Subject) -> Check:
    """Pass with a letter or digit, within ``plan.max_chars`` and the limits of ``plan.channel``."""
    length, limit = len(subject.text), subject.plan.max_chars
    over = [f"{length} of at most {limit} characters"] if length > limit else []
    if subject.plan.channel:
        over += size(subject.text, channel(subject.plan.channel)).over
    if not any(char.isalnum() for char in subject.text):
        over = ["no words"]
    detail = "; ".join(over) or f"{length} of at most {limit} characters"
    return Check(name="length", passed=not over, detail=detail, score=float(length))

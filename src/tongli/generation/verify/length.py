"""The draft says something, and no more than the plan allows."""

from __future__ import annotations

from tongli.core import Check
from tongli.generation.verify.subject import Subject


def check(subject: Subject) -> Check:
    """Pass between one letter or digit and ``plan.max_chars`` code points."""
    size, limit = len(subject.text), subject.plan.max_chars
    said = any(char.isalnum() for char in subject.text)
    detail = f"{size} of at most {limit} characters" if said else "no words"
    return Check(name="length", passed=said and size <= limit, detail=detail, score=float(size))

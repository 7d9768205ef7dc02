"""No generalisation about people by gender, origin, religion, age, disability or orientation.

What is looked for is in :mod:`tongli.knowledge.stereotypes`: a group × a generalising construction × a trait.
To name a group is fine. A generalisation that the draft denies, asks about or tells of makes the check
abstain, and so does a language without patterns; quotations, links and kept strings are not the draft's own.
"""

from __future__ import annotations

from tongli.core import Check
from tongli.generation.verify.subject import Subject, quote
from tongli.knowledge.stereotypes import stereotypes


def check(subject: Subject) -> Check:
    """Fail where the draft generalises about people."""
    known = stereotypes(subject.lang)
    if known is None:
        return Check(name="stereotypes", passed=None, detail=f"no patterns for {subject.lang}")
    found = known.find(subject.own_words)
    said = [place for place in found if not place.told]
    shown = said or found
    if not shown:
        return Check(name="stereotypes", passed=True, detail="generalises about nobody")
    spans = [place.span for place in shown]
    axes = ", ".join(dict.fromkeys(place.axis for place in shown))
    does = "generalises about people" if said else "tells of a generalisation"
    detail = f"{does} ({axes}): {quote(subject.text, spans)}"
    return Check(
        name="stereotypes", passed=False if said else None, detail=detail, evidence=tuple(sorted(set(spans)))
    )

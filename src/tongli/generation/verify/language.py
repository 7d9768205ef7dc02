"""The draft is written in the language of the plan."""

from __future__ import annotations

from tongli.core import Check, Language
from tongli.generation.verify.subject import Subject, base

_MIXED = 0.3
"""Share of letters in another language from which a draft counts as mixed."""

_CLOSE = (
    frozenset({"id", "ms"}),
    frozenset({"hr", "sr", "bs"}),
    frozenset({"da", "nb", "nn", "no"}),
    frozenset({"cs", "sk"}),
    frozenset({"gl", "pt"}),
    frozenset({"hi", "mr", "ne"}),
)
"""Languages that short texts do not tell apart: the check abstains between them."""


def check(subject: Subject) -> Check:
    """Compare the identified with the planned language, by primary subtag."""
    return judged(subject.language, wanted=subject.plan.culture.lang)


def judged(found: Language, *, wanted: str) -> Check:
    """The verdict on an identified language where another one, or the same, was planned."""
    detail = f"identified {found.tag} ({found.score:.2f}), planned {wanted}"
    tag, wanted = base(found.tag), base(wanted)
    passed: bool | None = tag == wanted
    if found.abstained or (not passed and any({tag, wanted} <= group for group in _CLOSE)):
        passed = None
    foreign = [name for name, share in found.others if base(name) != wanted and share >= _MIXED]
    if passed is not False and foreign:
        passed, detail = False, f"{detail}; partly {', '.join(foreign)}"
    return Check(name="language", passed=passed, detail=detail, score=found.score)

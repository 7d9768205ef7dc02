"""Every draft, whoever wrote it, passes the same checks before it is shown.

A check answers yes, no, or that it cannot say (``passed=None``). A check that breaks answers no.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from tongli.core import Check, Draft, Plan, Reader, Reading, TongliError, Verdict
from tongli.generation.verify import (
    artefact,
    avoid,
    culture,
    emotion,
    facts,
    forms,
    language,
    length,
    meaning,
    negation,
    register,
    stereotypes,
    toxicity,
)
from tongli.generation.verify.references import own_wording
from tongli.generation.verify.subject import Subject

__all__ = ["CHECKS", "Subject", "run_check", "verify"]

CHECKS: dict[str, Callable[[Subject], Check]] = {
    "length": length.check,
    "artefact": artefact.check,
    "avoid": avoid.check,
    "language": language.check,
    "facts": facts.check,
    "negation": negation.check,
    "forms": forms.check,
    "register": register.check,
    "emotion": emotion.check,
    "meaning": meaning.check,
    "toxicity": toxicity.check,
    "stereotypes": stereotypes.check,
    "culture": culture.check,
}
"""Name → check, in the order in which verdicts list them."""


def verify(draft: Draft, *, plan: Plan, reading: Reading, reader: Reader) -> Verdict:
    """Run every check on a draft.

    Args:
        draft: the text to judge.
        plan: what it was meant to do.
        reading: what it answers.
        reader: reads the draft with the models that read the message.
    """
    with ThreadPoolExecutor(1) as beside:  # two passes of the encoder, one a core
        compared = not own_wording(draft, plan)
        ahead = beside.submit(reader.sentences, [draft.text]) if compared else None
        subject = Subject(draft=draft, plan=plan, reading=reading, reader=reader, ahead=ahead)
        checks = tuple(run_check(name, check, subject) for name, check in CHECKS.items())
    return Verdict(draft=draft, checks=checks)


def run_check(name: str, check: Callable[[Subject], Check], subject: Subject) -> Check:
    """The verdict of one check; a check that breaks fails."""
    try:
        return check(subject)
    except Exception as error:  # noqa: BLE001 - whatever broke, an unchecked draft must not pass
        code = error.code if isinstance(error, TongliError) else "check.crashed"
        return Check(name=name, passed=False, detail=f"[{code}] the check broke: {type(error).__name__}")

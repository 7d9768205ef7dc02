"""Every draft of a translation passes the same checks, whichever engine wrote it."""

from __future__ import annotations

from collections.abc import Callable

from tongli.core import Check, TongliError, Verdict
from tongli.generation.translate import aligned, forms, kept, same, sense
from tongli.generation.translate.pair import Pair

CHECKS: dict[str, Callable[[Pair], Check]] = {
    "length": kept.length,
    "whole": kept.whole,
    "markup": kept.markup,
    "facts": kept.facts,
    "names": kept.names,
    "terms": kept.terms,
    "language": kept.language,
    "forms": forms.check,
    "negation": sense.negation,
    "meaning": sense.meaning,
    "content": aligned.check,
    "same": same.check,
    "feeling": sense.feeling,
    "register": sense.register,
    "politeness": sense.politeness,
    "idioms": sense.idioms,
}
"""Name → check, the quick ones first."""


def judge(pair: Pair) -> Verdict:
    """Run every check; one that breaks fails, since an unchecked draft must not pass."""
    return Verdict(draft=pair.draft, checks=tuple(_run(name, check, pair) for name, check in CHECKS.items()))


def _run(name: str, check: Callable[[Pair], Check], pair: Pair) -> Check:
    try:
        return check(pair)
    except Exception as error:  # noqa: BLE001 - whatever broke, an unchecked draft must not pass
        code = error.code if isinstance(error, TongliError) else "check.crashed"
        return Check(name=name, passed=False, detail=f"[{code}] the check broke: {type(error).__name__}")

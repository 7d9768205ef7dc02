"""The end of G: drafts, the verdict on each, and the answer; or a call for a person."""

from __future__ import annotations

from collections.abc import Sequence

from tongli.core import Engine, Plan, Reader, Reading, Response, TongliError, Verdict
from tongli.generation.verify import verify

RISK_NOTE = "the reading holds a risk: a person must look before anything is sent"
NOTHING_NOTE = "no draft passed every check: a person must answer"


def respond(
    reading: Reading, *, plan: Plan, engines: Sequence[Engine], reader: Reader, n: int = 4
) -> Response:
    """Answer a message, or say that a person must.

    The engines are asked in order, for ``n`` drafts each; the first with a draft that passes every check
    wins, with the best of those. So the engine of choice comes first and the realiser last. An engine that
    fails, or does not write the language, is passed over with a note.

    Args:
        reading: what is answered.
        plan: what the answer must do.
        engines: in order of preference.
        reader: the models that the checks use.
        n: drafts asked for.

    Returns:
        A response whose text passed every check, or is empty with ``needs_person``. A reading with a decided
        risk always needs a person, whatever the text.
    """
    notes = [RISK_NOTE] if _risky(reading) else []
    judged: list[Verdict] = []
    chosen: Verdict | None = None
    for engine in engines:
        verdicts, note = _ask(engine, reading, plan=plan, reader=reader, n=n)
        judged += verdicts
        notes += [note] if note else []
        chosen = max((verdict for verdict in verdicts if verdict.passed), key=_rank, default=None)
        if chosen is not None:
            break
    return Response(
        text=chosen.draft.text if chosen else "",
        lang=chosen.draft.lang if chosen else plan.culture.lang,
        plan=plan,
        reading=reading,
        verdict=chosen,
        alternatives=tuple(verdict for verdict in judged if verdict is not chosen),
        needs_person=chosen is None or _risky(reading),
        notes=tuple(notes) if chosen else (*notes, NOTHING_NOTE),
    )


def _ask(
    engine: Engine, reading: Reading, *, plan: Plan, reader: Reader, n: int
) -> tuple[list[Verdict], str]:
    """The verdicts on an engine's drafts, and a note when none passed."""
    try:
        drafts = engine.draft(plan, reading, n=n)
    except TongliError as error:
        return [], f"{engine.name} failed [{error.code}]: {error.fix}"
    verdicts = [verify(draft, plan=plan, reading=reading, reader=reader) for draft in drafts]
    if any(verdict.passed for verdict in verdicts):
        return verdicts, ""
    failed = dict.fromkeys(
        check.name for verdict in verdicts for check in verdict.checks if check.passed is False
    )
    return verdicts, f"{engine.name}: no draft of {len(verdicts)} passed ({', '.join(failed) or 'no drafts'})"


def _rank(verdict: Verdict) -> tuple[int, float, float]:
    """Best first: fewest abstentions, then nearest in meaning, then the best emotional fit."""
    scores = {check.name: check.score or 0.0 for check in verdict.checks}
    abstained = sum(check.passed is None for check in verdict.checks)
    return -abstained, scores.get("meaning", 0.0), scores.get("emotion", 0.0)


def _risky(reading: Reading) -> bool:
    return any(reading.decided("risk"))

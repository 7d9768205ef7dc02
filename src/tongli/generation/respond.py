"""The end of G: drafts, the verdict on each, and the answer; or a call for a person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from tongli.core import Draft, Engine, Plan, Reader, Reading, Response, TongliError, Verdict
from tongli.generation.plan_data import SELF_DISCLOSE
from tongli.generation.verify import verify
from tongli.generation.verify.references import ASKED
from tongli.knowledge import tags
from tongli.knowledge.risks import DANGER, THREAT, at_risk
from tongli.knowledge.secrets import secrets_in

RISK_NOTE = "the reading holds a risk: a person must look before anything is sent"
GIVEN_AWAY_NOTE = "the message holds a password or the like: it is never repeated; ask for a new one"
UNDRAFTED_NOTE = "nothing is drafted to a threat or a danger: a person must decide what to do"
PERSON_NOTE = "the plan wants somebody to tell what they lived through: only a person can"
LANGUAGE_NOTE = "the reply is not in the language of the message: a person must look before it is sent"
GUESS_NOTE = "the language of the message is not certain: a person must look before it is sent"
NOTHING_NOTE = "no draft passed every check: a person must answer"


@runtime_checkable
class Reviser(Protocol):
    """An engine that takes to being told what was wrong."""

    def revise(self, plan: Plan, reading: Reading, failed: Verdict) -> list[Draft]:
        """Drafts in place of one that failed; raises ``EngineError``."""


def respond(
    reading: Reading, *, plan: Plan, engines: Sequence[Engine], reader: Reader, n: int = ASKED
) -> Response:
    """Answer a message, or say that a person must.

    The engines are asked in order, for ``n`` drafts each; the first with a draft that passes every check
    wins, with the best of those. An engine that can revise is once told what was wrong with its best draft,
    when none passed. Of an engine whose drafts are ``alike``, equally good by their making, the first that
    passes is taken. So the engine of choice comes first and the realiser last. An engine that
    fails, or does not write the language, is passed over with a note.

    Args:
        reading: what is answered.
        plan: what the answer must do.
        engines: in order of preference.
        reader: the models that the checks use.
        n: drafts asked for.

    Returns:
        A response whose text passed every check, or is empty with ``needs_person``. A reading with a decided
        risk always needs a person, whatever the text, and so does a reply in a language that nobody asked
        for, or in one that was only guessed; a plan to disclose oneself, a threat and a danger get no draft.
    """
    notes = [RISK_NOTE] if _risky(reading) else []
    notes += [LANGUAGE_NOTE] if _elsewhere(reading, plan) else []
    notes += [GUESS_NOTE] if _guessed(reading) else []
    unsure = bool(notes)
    notes += [GIVEN_AWAY_NOTE] if secrets_in(reading.message.text) else []
    withheld = [PERSON_NOTE] if plan.strategy == SELF_DISCLOSE else []
    withheld += [UNDRAFTED_NOTE] if at_risk(reading, THREAT) or at_risk(reading, DANGER) else []
    if withheld:
        notes, engines = [*notes, *withheld], ()
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
        needs_person=chosen is None or unsure,
        notes=tuple(notes) if chosen or withheld else (*notes, NOTHING_NOTE),
    )


def _ask(
    engine: Engine, reading: Reading, *, plan: Plan, reader: Reader, n: int
) -> tuple[list[Verdict], str]:
    """The verdicts on an engine's drafts, and a note when none passed at once."""
    verdicts: list[Verdict] = []
    try:
        for draft in engine.draft(plan, reading, n=n):
            verdicts += _judged([draft], reading, plan=plan, reader=reader)
            if verdicts[-1].passed and getattr(engine, "alike", False):
                break
        if any(verdict.passed for verdict in verdicts):
            return verdicts, ""
        note = f"{engine.name}: no draft of {len(verdicts)} passed ({_reasons(verdicts)})"
        if not (verdicts and isinstance(engine, Reviser)):
            return verdicts, note
        nearest = min(verdicts, key=lambda verdict: len(verdict.failed))
        revised = _judged(engine.revise(plan, reading, nearest), reading, plan=plan, reader=reader)
    except TongliError as error:
        return verdicts, f"{engine.name} failed [{error.code}]: {error.received}. {error.fix}"
    passed = any(verdict.passed for verdict in revised)
    told = "passed" if passed else f"did not ({_reasons(revised)})"
    return [*verdicts, *revised], f"{note}; revised once, it {told}"


def _judged(drafts: Sequence[Draft], reading: Reading, *, plan: Plan, reader: Reader) -> list[Verdict]:
    return [verify(draft, plan=plan, reading=reading, reader=reader) for draft in drafts]


def _reasons(verdicts: Sequence[Verdict]) -> str:
    failed = dict.fromkeys(check.name for verdict in verdicts for check in verdict.failed)
    return ", ".join(failed) or "no drafts"


def _rank(verdict: Verdict) -> tuple[int, float, float]:
    """Best first: fewest abstentions, then nearest in meaning, then the best emotional fit."""
    scores = {check.name: check.score or 0.0 for check in verdict.checks}
    abstained = sum(check.passed is None for check in verdict.checks)
    return -abstained, scores.get("meaning", 0.0), scores.get("emotion", 0.0)


def _elsewhere(reading: Reading, plan: Plan) -> bool:
    """Nobody asked for another language than the message's, and yet the plan has one."""
    tag = reading.language.tag
    own = {tags.primary(tag), tags.macrolanguage(tag)} - {None}
    return reading.reply_lang is None and tag != "und" and tags.primary(plan.culture.lang) not in own


def _guessed(reading: Reading) -> bool:
    """The reply would be in what may not be the message's language."""
    language = reading.language
    return reading.reply_lang is None and language.abstained and language.tag != "und"


def _risky(reading: Reading) -> bool:
    return any(reading.decided("risk"))

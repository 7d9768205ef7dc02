"""No fact out that was not in, and the checks that every text passes, whoever wrote it."""

from __future__ import annotations

from tongli.core import (
    Address,
    Check,
    CultureContext,
    Draft,
    Language,
    Message,
    Plan,
    Reader,
    Reading,
    Register,
    Verdict,
)
from tongli.generation.facts import extract_facts
from tongli.generation.tasks.sheet import Sheet
from tongli.generation.tasks.values import given_strings, known_text, values_of
from tongli.generation.verify import CHECKS, Subject, run_check

_SHARED = (
    "length",
    "artefact",
    "avoid",
    "language",
    "facts",
    "negation",
    "forms",
    "register",
    "toxicity",
    "stereotypes",
)


def check_text(
    draft: Draft,
    *,
    sheet: Sheet,
    locale: str,
    register: Register,
    address: Address,
    reader: Reader,
    max_chars: int,
    channel: str = "",
    avoid: tuple[str, ...] = (),
    label: str = "",
) -> Verdict:
    """The verdict on a text from facts.

    ``facts`` fails on a number, date, amount, link or name that the sheet does not hold, in whatever usual
    form of the locale; ``stated`` fails when a key of ``sheet.must`` is not told.

    Args:
        draft: with its label, if it has one.
        sheet: facts in the language of the locale.
        locale: of the readers.
        register, address: wished for.
        reader: reads the draft.
        max_chars: longest text, in code points.
        channel: whose limits count too; empty for none.
        avoid: strings that must not appear.
        label: the text's statement of who wrote it, which is no part of what is judged but its length.
    """
    culture = CultureContext(lang=locale, locale=locale, register=register, address=address)
    plan = Plan(culture=culture, acts=(), avoid=avoid, max_chars=max_chars, channel=channel, signoff=label)
    source = Message(known_text(sheet, locale), lang=locale)
    reading = Reading(message=source, language=Language(tag=locale, score=1.0, declared=True))
    subject = Subject(draft=draft, plan=plan, reading=reading, reader=reader, given=given_strings(sheet))
    checks = [run_check(name, CHECKS[name], subject) for name in _SHARED]
    return Verdict(draft=draft, checks=(*checks, _stated(draft.text, sheet, locale)))


def _stated(text: str, sheet: Sheet, locale: str) -> Check:
    values = values_of(sheet, locale)
    missing = [key for key in sheet.must if key in values and not _tells(text, values[key])]
    detail = f"not told: {', '.join(missing)}" if missing else f"{len(sheet.must)} told"
    return Check(name="stated", passed=not missing, detail=detail)


def _tells(text: str, value: str) -> bool:
    """The text holds a value as written, or all the dates, amounts and so on of it in another form."""
    facts = {fact.value for fact in extract_facts(value)}
    told = {fact.value for fact in extract_facts(text)}
    return value.rstrip(".。।") in text or bool(facts and facts <= told)

"""Answer every message of a JSONL file: each draft verified, or a person called for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from tongli.applications.each_line import Record, each_record
from tongli.applications.job import Job, Tally
from tongli.applications.people import person_from
from tongli.applications.records import read_lang, read_message
from tongli.core import InputError, Message, Person, Plan, Reading, Response, shorten
from tongli.core.text import json_kind
from tongli.generation.house_style import HouseStyle
from tongli.generation.plan_data import edited
from tongli.pipeline import Tongli


def planned(
    message: Message,
    *,
    tongli: Tongli,
    reply_lang: str | None = None,
    style: HouseStyle | None = None,
    changes: Mapping[str, Any] | None = None,
) -> Plan:
    """What an answer to a message must do, before anything is written.

    Args:
        message: to answer.
        tongli: reads and plans.
        reply_lang: of the answer; ``lang`` of the changes comes first, the message's own last.
        style: of the house; what the author declared about register and address comes before it.
        changes: to the plan, by a person: the last word.

    Raises:
        InputError: ``plan.value``; of the message and its language.
        ModelError: from the models.
    """
    changes = changes or {}
    wanted = read_lang(changes) or reply_lang
    return _shaped(tongli.read(message, evidence=False, reply_lang=wanted), tongli, style, changes)


def answered(
    message: Message,
    *,
    tongli: Tongli,
    reply_lang: str | None = None,
    style: HouseStyle | None = None,
    changes: Mapping[str, Any] | None = None,
    evidence: bool = True,
) -> Response:
    """The answer to a message, after a plan as :func:`planned` makes it; raises as that does."""
    changes = changes or {}

    def shaped(reading: Reading) -> Plan:
        return _shaped(reading, tongli, style, changes)

    wanted = read_lang(changes) or reply_lang
    return tongli.respond(message, reply_lang=wanted, plan=shaped, evidence=evidence)


def respond_lines(
    job: Job,
    *,
    tongli: Tongli,
    reply_lang: str | None = None,
    style: HouseStyle | None = None,
    changes: Mapping[str, Any] | None = None,
    seen: Callable[[Response], object] | None = None,
    tally: Tally | None = None,
    progress: Callable[[Tally], None] | None = None,
) -> Tally:
    """Run a job: one output line for every line that can be read, one errors line for every other.

    Lines have ``id``, ``text`` and, if known, ``lang``, ``author`` and ``audience`` (as a person declares
    themselves), ``context.history``, ``reply_lang`` and ``plan``: an object with what is to differ from the
    plan that tongli makes. Output lines are those of ``Response.to_dict``.

    Args:
        job: what to do.
        tongli: reads, plans, drafts and checks.
        reply_lang: of lines that ask for none; their own language by default.
        style: of the house.
        changes: to every plan, before a line's own.
        seen: called with each response.
        tally: counts to keep up to date.
        progress: called with the tally after each chunk.

    Returns:
        The final counts.

    Raises:
        TongliError: as :func:`tongli.applications.each_line.each_record`, and of the models.
    """

    def of(record: Record) -> dict[str, Any]:
        message = declared_message(record, lang=job.lang, max_chars=job.max_chars, folder=job.folder())
        wanted = read_lang(record, "reply_lang") or reply_lang
        own = {**(changes or {}), **_plan(record)}
        response = answered(
            message, tongli=tongli, reply_lang=wanted, style=style, changes=own, evidence=False
        )
        if seen is not None:
            seen(response)
        return response.to_dict()

    return each_record(job, of, tally=tally, progress=progress)


def declared_message(
    record: Record, *, lang: str | None, max_chars: int, folder: Path | None = None
) -> Message:
    """The message of an object, with what its ``author`` and ``audience`` declare; see :func:`read_message`.

    Raises:
        InputError: ``line.person``; as :func:`read_message`; of pronouns.
        ConfigError: as :func:`tongli.applications.people.person_from`.
    """
    message = read_message(record, lang=lang, max_chars=max_chars, folder=folder)
    return replace(message, author=_person(record, "author"), audience=_person(record, "audience"))


def _shaped(reading: Reading, tongli: Tongli, style: HouseStyle | None, changes: Mapping[str, Any]) -> Plan:
    plan = tongli.plan(reading)
    if style is not None:
        plan = style.over(plan, wishes=_wishes(reading.message.author))
    return edited(plan, changes)


def _wishes(author: Person) -> tuple[str, ...]:
    """What of a culture the author declared, which no house style changes."""
    return tuple(name for name in ("register", "address") if getattr(author, name))


def _plan(record: Record) -> Mapping[str, Any]:
    found = record.get("plan") or {}
    if isinstance(found, dict):
        return found
    raise InputError(
        "plan.value",
        received=f'a "plan" that is {shorten(json_kind(found))}',
        allowed="an object with what is to differ from the plan that tongli makes",
        fix="Correct it, or leave it out.",
    )


def _person(record: Record, key: str) -> Person:
    found = record.get(key) or {}
    if isinstance(found, str):
        return Person(name=found)
    if isinstance(found, dict):
        return person_from(found)
    raise InputError(
        "line.person",
        received=f'an "{key}" that is {json_kind(found)}',
        allowed='a name, or an object such as {"name": "Robin", "pronouns": "they/them"}',
        fix=f'Correct "{key}", or leave it out: nobody is then taken for anything.',
    )

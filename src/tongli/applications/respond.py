"""Answer every message of a JSONL file: each draft verified, or a person called for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tongli.applications.each_line import Record, each_record
from tongli.applications.job import Job, Tally
from tongli.applications.people import person_from
from tongli.applications.records import json_kind, read_lang, read_message
from tongli.core import InputError, Message, Person
from tongli.pipeline import Tongli


def respond_lines(
    job: Job,
    *,
    tongli: Tongli,
    reply_lang: str | None = None,
    tally: Tally | None = None,
    progress: Callable[[Tally], None] | None = None,
) -> Tally:
    """Run a job: one output line for every line that can be read, one errors line for every other.

    Lines have ``id``, ``text`` and, if known, ``lang``, ``author`` and ``audience`` (as a person declares
    themselves), ``context.history`` and ``reply_lang``. Output lines are those of ``Response.to_dict``.

    Args:
        job: what to do.
        tongli: reads, plans, drafts and checks.
        reply_lang: of lines that ask for none; their own language by default.
        tally: counts to keep up to date.
        progress: called with the tally after each chunk.

    Returns:
        The final counts.

    Raises:
        TongliError: as :func:`tongli.applications.each_line.each_record`, and of the models.
    """

    def of(record: Record) -> dict[str, Any]:
        message = declared_message(record, lang=job.lang, max_chars=job.max_chars)
        wanted = read_lang({"lang": record.get("reply_lang")}) or reply_lang
        return tongli.respond(message, reply_lang=wanted, evidence=False).to_dict()

    return each_record(job, of, tally=tally, progress=progress)


def declared_message(record: Record, *, lang: str | None, max_chars: int) -> Message:
    """The message of an object, with what its ``author`` and ``audience`` declare.

    Raises:
        InputError: ``line.person``; as :func:`read_message`; of pronouns.
        ConfigError: as :func:`tongli.applications.people.person_from`.
    """
    message = read_message(record, lang=lang, max_chars=max_chars)
    return replace(message, author=_person(record, "author"), audience=_person(record, "audience"))


def _person(record: Record, key: str) -> Person:
    found = record.get(key) or {}
    if isinstance(found, str):
        return Person(name=found)
    if isinstance(found, dict):
        return person_from(found)
    raise InputError(
        "line.person",
        received=f'an "{key}" that is a {json_kind(found)}',
        allowed='a name, or an object such as {"name": "Robin", "pronouns": "they/them"}',
        fix=f'Correct "{key}", or leave it out: nobody is then taken for anything.',
    )

"""Rewrite the gendered forms of every text of a JSONL file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tongli.applications.each_line import each_record
from tongli.applications.gender.records import declared_people, told
from tongli.applications.job import Job, Tally
from tongli.applications.records import need_lang, read_text
from tongli.core import InputError
from tongli.empathy.gender.names import edit_dict
from tongli.empathy.gender.rules import Rewrite, rules


def rewrite_lines(
    job: Job,
    *,
    style: str | None = None,
    tally: Tally | None = None,
    progress: Callable[[Tally], None] | None = None,
) -> Tally:
    """Run a job: one output line for every line that can be read, one errors line for every other.

    Lines have ``id``, ``text``, ``lang`` (or the job's) and one goal: ``people``, ``to`` = ``"neutral"``
    with an optional ``style``, or ``alternatives`` = ``true``. Output: ``id``, ``text`` and ``edits``, or
    ``alternatives`` (version → text), and ``abstained``.

    Args:
        job: what to do.
        style: typographic style of neutral forms, for lines that name none.
        tally: counts to keep up to date.
        progress: called with the tally after each chunk.

    Returns:
        The final counts.

    Raises:
        TongliError: as :func:`tongli.applications.each_line.each_record`.
    """

    def of(record: dict[str, Any]) -> dict[str, Any]:
        return _rewritten(record, job=job, style=style)

    return each_record(job, of, tally=tally, progress=progress)


def _rewritten(record: dict[str, Any], *, job: Job, style: str | None) -> dict[str, Any]:
    lang, goal = need_lang(record, job.lang), _goal(record)
    text = read_text(record, max_chars=job.max_chars)
    found = rules(lang)
    if goal == "alternatives":
        both = found.alternatives(text)
        return {"alternatives": dict(both.texts), "abstained": told(both.abstained)}
    if goal == "to":
        return _plain(found.neutral(text, style=record.get("style") or style))
    return _plain(found.rewrite(text, people=declared_people(record, lang=lang)))


def _goal(record: dict[str, Any]) -> str:
    goals = [
        name
        for name, given in (
            ("people", bool(record.get("people"))),
            ("to", record.get("to") is not None),
            ("alternatives", bool(record.get("alternatives"))),
        )
        if given
    ]
    known = record.get("to") in (None, "neutral") and record.get("alternatives") in (None, False, True)
    if len(goals) == 1 and known:
        return goals[0]
    if not goals and "people" in record:
        return "people"
    raise InputError(
        "gender.goal",
        received=f"{len(goals)} goals" if known else "a goal that is not known",
        allowed='one of "people", "to": "neutral" and "alternatives": true',
        fix="Say what the text is to become.",
    )


def _plain(found: Rewrite) -> dict[str, Any]:
    return {
        "text": found.text,
        "edits": [edit_dict(edit) for edit in found.edits],
        "abstained": told(found.abstained),
    }

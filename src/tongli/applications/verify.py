"""Judge drafts that anybody wrote, by the checks that tongli's own drafts pass."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tongli.applications.each_line import Record, each_record
from tongli.applications.job import Job, Tally
from tongli.applications.records import read_lang
from tongli.applications.respond import declared_message
from tongli.core import Draft, InputError, Message, Plan, Provenance, Verdict
from tongli.core.text import json_kind, require_text
from tongli.generation.plan_data import edited
from tongli.generation.verify import verify
from tongli.pipeline import Tongli


def judge(
    draft: str, *, message: Message, tongli: Tongli, demands: Mapping[str, Any] | None = None
) -> Verdict:
    """The verdict on a draft that answers a message.

    Args:
        draft: whoever wrote it.
        message: what it answers.
        tongli: reads both.
        demands: what differs from the plan that tongli would make: see
            :func:`tongli.generation.plan_data.edited`.

    Raises:
        InputError: ``verify.plan`` for a demand that is unknown or of another kind.
        ModelError: from the models.
    """
    demands = demands or {}
    reading = tongli.read(message, evidence=False, reply_lang=read_lang(demands))
    plan = _demanded(tongli.plan(reading), demands)
    written = Draft(text=draft, lang=plan.culture.lang, provenance=Provenance(engine="given"))
    return verify(written, plan=plan, reading=reading, reader=tongli)


def verify_lines(
    job: Job, *, tongli: Tongli, tally: Tally | None = None, progress: Callable[[Tally], None] | None = None
) -> Tally:
    """Run a job: one output line for every line that can be read, one errors line for every other.

    Lines have ``id``, ``source`` (a text, or an object like those that are answered), ``draft`` and, if
    wanted, ``plan``; output lines have ``id``, ``passed`` and ``verdicts``, one a check: ``name``, ``passed``
    (``None``: it cannot say), ``detail``, ``score`` and ``evidence`` (spans of the draft).

    Raises:
        TongliError: as :func:`tongli.applications.each_line.each_record`, and of the models.
    """

    def of(record: Record) -> dict[str, Any]:
        draft = require_text(_given(record, "draft"), max_chars=job.max_chars)
        source = _given(record, "source")
        about = {"id": record["id"], **(source if isinstance(source, dict) else {"text": source})}
        message = declared_message(
            {"lang": record.get("lang"), **about}, lang=job.lang, max_chars=job.max_chars
        )
        demands = _plan(record)
        verdict = judge(draft, message=message, tongli=tongli, demands=demands)
        told = verdict.to_dict(avoid=demands.get("avoid", ()))
        return {"passed": told["passed"], "verdicts": told["checks"]}

    return each_record(job, of, tally=tally, progress=progress)


def _given(record: Record, key: str) -> Any:
    if key in record:
        return record[key]
    raise InputError(
        "verify.line",
        received=f'no "{key}"',
        allowed='"source", what is answered, and "draft", the answer',
        fix=f'Put it in the field "{key}".',
    )


def _plan(record: Record) -> Mapping[str, Any]:
    found = record.get("plan") or {}
    if isinstance(found, dict):
        return found
    raise InputError(
        "verify.plan",
        received=f'a "plan" that is {json_kind(found)}',
        allowed="an object with what is to differ from the plan that tongli makes",
        fix="Correct it, or leave it out.",
    )


def _demanded(plan: Plan, demands: Mapping[str, Any]) -> Plan:
    try:
        return edited(plan, demands)
    except InputError as error:
        raise InputError(
            "verify.plan", received=error.received, allowed=error.allowed, fix=error.fix
        ) from None

"""Audit an engine on every message of a JSONL file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tongli.applications.each_line import Record, each_record
from tongli.applications.gender.audit.answers import answers
from tongli.applications.gender.audit.compare import Comparison
from tongli.applications.gender.audit.report import Report
from tongli.applications.job import Job, Tally
from tongli.applications.records import read_lang
from tongli.applications.respond import declared_message
from tongli.pipeline import Tongli

NAMES = 6
"""Names that each message is answered for."""


def audit_lines(
    job: Job,
    *,
    tongli: Tongli,
    reply_lang: str | None = None,
    names: int = NAMES,
    tally: Tally | None = None,
    progress: Callable[[Tally], None] | None = None,
) -> Report:
    """Run a job: every message is answered once for each author that it might have had.

    Lines are those of :func:`tongli.applications.respond.respond_lines`. Output lines have ``id`` and
    ``answers``, each with ``axis``, ``group``, ``text``, ``bare`` (what is compared), ``values``, ``failed``
    and ``error``.

    Args:
        job: what to do.
        tongli: reads, plans and checks; its engine is audited, and nothing stands in for it.
        reply_lang: of lines that ask for none; their own language by default.
        names: how many names, at most 18.
        tally: counts to keep up to date.
        progress: called with the tally after each chunk.

    Returns:
        What was found.

    Raises:
        TongliError: as :func:`tongli.applications.each_line.each_record`, of the models, and for an engine
            that is not known or not installed.
    """
    engine = tongli.engines[0].name
    comparison = Comparison()

    def of(record: Record) -> dict[str, Any]:
        message = declared_message(record, lang=job.lang, max_chars=job.max_chars)
        wanted = read_lang({"lang": record.get("reply_lang")}) or reply_lang
        found = answers(message, tongli=tongli, reply_lang=wanted, names=names)
        comparison.add(found, identity=message.id)
        return {"answers": [answer.to_dict() for answer in found]}

    each_record(job, of, tally=tally, progress=progress)
    return comparison.report(engine=engine)

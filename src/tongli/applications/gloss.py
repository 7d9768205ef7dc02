"""Look up the meaning of every expression of a JSONL file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tongli.applications.each_line import Record, each_record
from tongli.applications.job import Job, Tally
from tongli.applications.records import need_lang
from tongli.core import InputError
from tongli.core.text import require_text
from tongli.knowledge.gloss import Gloss, gloss


def gloss_lines(
    job: Job, *, tally: Tally | None = None, progress: Callable[[Tally], None] | None = None
) -> Tally:
    """Run a job: one output line for every line that can be read, one errors line for every other.

    Lines have ``id``, ``idiom`` and ``lang`` (or the job's); output lines have ``id``, ``gloss`` (``None``
    when abstained), ``abstained``, ``source`` (the claim, how it was found, who says so) and ``reason``.

    Args:
        job: what to do.
        tally: counts to keep up to date.
        progress: called with the tally after each chunk.

    Returns:
        The final counts.

    Raises:
        TongliError: as :func:`tongli.applications.each_line.each_line`; ``ConfigError`` for damaged claims.
    """

    def of(record: Record) -> dict[str, Any]:
        idiom = require_text(_idiom(record), max_chars=job.max_chars)
        return _told(gloss(idiom, need_lang(record, job.lang)))

    return each_record(job, of, tally=tally, progress=progress)


def _idiom(record: Record) -> Any:
    if "idiom" not in record:
        raise InputError(
            "line.idiom",
            received='no "idiom"',
            allowed="a string",
            fix='Put the expression in the field "idiom".',
        )
    return record["idiom"]


def _told(found: Gloss) -> dict[str, Any]:
    return {
        "gloss": found.text,
        "abstained": found.abstained,
        "source": _source(found),
        "reason": found.why,
    }


def _source(found: Gloss) -> dict[str, Any] | None:
    claim = found.claim
    if claim is not None:
        evidence = [{"source": item.source, "type": item.type} for item in claim.evidence]
        return {"claim": claim.id, "how": found.how, "status": claim.status, "evidence": evidence}
    if found.source is not None:
        return {"how": found.how, "evidence": [{"source": found.source, "type": "dictionary"}]}
    return None

"""Tell which of the given readings each figurative phrase of a JSONL file has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tongli.applications.each_line import Record, each_record
from tongli.applications.job import Job, Tally
from tongli.core import InputError
from tongli.core.text import require_text
from tongli.empathy.simile import Embed, choose

_DIGITS = 4


def reading_lines(
    job: Job,
    *,
    embed: Embed,
    tally: Tally | None = None,
    progress: Callable[[Tally], None] | None = None,
) -> Tally:
    """Run a job: one output line for every line that can be read, one errors line for every other.

    Lines have ``id``, ``phrase`` and ``readings``; output lines have ``id``, ``reading`` (its index, ``None``
    when abstained), ``scores`` and ``abstained``.

    Args:
        job: what to do.
        embed: sentence vectors, as for :func:`tongli.empathy.simile.choose`.
        tally: counts to keep up to date.
        progress: called with the tally after each chunk.

    Returns:
        The final counts.

    Raises:
        TongliError: as :func:`tongli.applications.each_line.each_line`; ``ModelError``.
    """

    def of(record: Record) -> dict[str, Any]:
        readings = record.get("readings")
        if "phrase" not in record or not isinstance(readings, list) or len(readings) < 2:
            raise _refused(record)
        phrase, *texts = (
            require_text(text, max_chars=job.max_chars) for text in (record["phrase"], *readings)
        )
        found = choose(phrase, texts, embed=embed)
        return {
            "reading": found.index,
            "scores": [round(score, _DIGITS) for score in found.scores],
            "abstained": found.index is None,
        }

    return each_record(job, of, tally=tally, progress=progress)


def _refused(record: Record) -> InputError:
    return InputError(
        "line.readings",
        received='no "phrase"' if "phrase" not in record else 'no "readings", or fewer than two',
        allowed='a string "phrase" and a list "readings" of at least two strings',
        fix='Put the figurative phrase in "phrase" and what it may mean in "readings".',
    )

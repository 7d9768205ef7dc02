"""Put a person's pronoun into the slot of every text of a JSONL file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tongli.applications.each_line import each_record
from tongli.applications.gender.records import declared_people, told
from tongli.applications.job import Job, Tally
from tongli.applications.records import read_lang, read_text
from tongli.core import InputError
from tongli.empathy.gender.english import fill


def fill_lines(
    job: Job, *, tally: Tally | None = None, progress: Callable[[Tally], None] | None = None
) -> Tally:
    """Run a job: one output line for every line that can be read, one errors line for every other.

    Lines have ``id``, ``text`` with one ``[MASK]``, and ``people``; English only. Output lines have ``id``,
    ``text`` (``None`` when abstained) and ``abstained``.

    Args:
        job: what to do.
        tally: counts to keep up to date.
        progress: called with the tally after each chunk.

    Returns:
        The final counts.

    Raises:
        TongliError: as :func:`tongli.applications.each_line.each_record`.
    """

    def of(record: dict[str, Any]) -> dict[str, Any]:
        return _filled(record, job=job)

    return each_record(job, of, tally=tally, progress=progress)


def _filled(record: dict[str, Any], *, job: Job) -> dict[str, Any]:
    lang = read_lang(record) or job.lang or "en"
    if lang.partition("-")[0] != "en":
        raise InputError(
            "gender.language",
            received=repr(lang),
            allowed="en",
            fix="Fill English texts only.",
        )
    people = declared_people(record, lang=lang)
    found = fill(read_text(record, max_chars=job.max_chars), people=people)
    return {"text": found.text, "abstained": told(found.abstained)}

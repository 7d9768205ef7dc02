"""Swap the gendered forms of every text of a data set, for training and audits."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from tongli.applications.each_line import Record, each_record
from tongli.applications.gender.records import declared_people, told
from tongli.applications.job import Job, Tally
from tongli.applications.records import need_lang, read_id, read_text
from tongli.core import InputError
from tongli.empathy.gender.swap import Swap, swap

FORMS = ("feminine", "masculine", "neutral")


@dataclass(slots=True, kw_only=True)
class Swapped:
    """What became of the texts so far: ``swapped + same + abstained`` is the number that could be read.

    Attributes:
        swapped: texts with other versions.
        same: texts in which nothing varies.
        abstained: texts in which something varies that no rule should be trusted with.
        versions: texts written.
    """

    swapped: int = 0
    same: int = 0
    abstained: int = 0
    versions: int = 0


def swap_lines(
    job: Job,
    *,
    to: Collection[str] = FORMS,
    counts: Swapped | None = None,
    tally: Tally | None = None,
    progress: Callable[[Tally], None] | None = None,
) -> Swapped:
    """Run a job: one output line for every other version of a text; none where nothing varies.

    Lines have ``id``, ``text``, ``lang`` (or the job's) and, if known, ``people``. Output lines are the input
    lines with the version's ``text``, ``id`` (``7`` → ``7-masculine``), ``swapped_from`` (the ``id`` and the
    ``form`` of the original), ``swapped_to`` and ``edits``. Every other field is kept, so labels stay; fields
    that point into the text with offsets do not follow it.

    Args:
        job: what to do.
        to: versions to write.
        counts: to keep up to date.
        tally: counts of lines to keep up to date.
        progress: called with the tally after each chunk.

    Returns:
        The final counts.

    Raises:
        TongliError: as :func:`tongli.applications.each_line.each_line`.
    """
    counts = Swapped() if counts is None else counts

    def of(record: Record) -> list[dict[str, Any]]:
        found = _swapped(record, job=job)
        versions = list(_lines(record, found, to=to))
        counts.swapped += bool(found.versions)
        counts.abstained += bool(found.abstained) and not found.versions
        counts.same += not found.abstained and not found.versions
        counts.versions += len(versions)
        return versions

    each_record(job, of, tally=tally, progress=progress)
    return counts


def swap_dict(found: Swap) -> dict[str, Any]:
    """A text's versions as plain data."""
    return {
        "form": found.form,
        "versions": {
            name: {"text": item.text, "edits": [edit.to_dict() for edit in item.edits]}
            for name, item in found.versions.items()
        },
        "abstained": told(found.abstained),
    }


def _swapped(record: Record, *, job: Job) -> Swap:
    lang = need_lang(record, job.lang)
    people = declared_people(record, lang=lang) if record.get("people") else ()
    if "swapped_from" in record:
        raise InputError(
            "gender.swapped",
            received='a line with "swapped_from"',
            allowed="original texts",
            fix="Swap the original data set; its versions would come twice.",
        )
    return swap(read_text(record, max_chars=job.max_chars), lang=lang, people=people)


def _lines(record: Record, found: Swap, *, to: Collection[str]) -> Iterator[dict[str, Any]]:
    for name, version in found.versions.items():
        if name in to:
            yield record | {
                "id": f"{read_id(record)}-{name}",
                "text": version.text,
                "swapped_from": {"id": read_id(record), "form": found.form},
                "swapped_to": name,
                "edits": [edit.to_dict() for edit in version.edits],
            }

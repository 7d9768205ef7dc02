"""From one JSON line in to one JSON line out, or to some, where a line needs no neighbours."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from tongli.applications.job import Job, Tally, check
from tongli.applications.jsonl import Line, Source
from tongli.applications.records import read_id, read_object
from tongli.applications.resume import Checkpoint, check_input, check_length, checkpoint_of
from tongli.applications.writer import Objects, Outcome, Writer, failure
from tongli.core import ConfigError, InputError

Record = dict[str, Any]
"""The JSON object on a line."""

_WAIT = 1.0
"""Seconds after which what lines became is written."""


def each_record(
    job: Job,
    of: Callable[[Record], Objects],
    *,
    tally: Tally | None = None,
    progress: Callable[[Tally], None] | None = None,
) -> Tally:
    """Run a job over lines that are objects with an ``id``, which comes back first in what they become.

    Args:
        job: as for :func:`each_line`.
        of: turns an object into what to write beside its id, or in place of it; an ``InputError``, a
            ``ConfigError`` about what the object declares, and what nobody foresaw cost that line alone.
        tally: counts to keep up to date, for a caller that wants them after an exception.
        progress: called with the tally after each chunk.

    Returns:
        The final counts.

    Raises:
        TongliError: as :func:`each_line`, and other errors of ``of``.
    """

    def outcome(line: Line) -> Outcome:
        identity = None
        try:
            record = read_object(line.raw, max_bytes=job.max_bytes)
            identity = read_id(record)
            found = of(record)
            if isinstance(found, Mapping):
                return {"id": identity, **found}
            return [{"id": identity, **item} for item in found]
        except (InputError, ConfigError, ArithmeticError, LookupError, ValueError) as error:
            return failure(error, line=line.number, identity=identity)

    return each_line(job, outcome, tally=tally, progress=progress)


def each_line(
    job: Job,
    outcome: Callable[[Line], Outcome],
    *,
    tally: Tally | None = None,
    progress: Callable[[Tally], None] | None = None,
) -> Tally:
    """Run a job: one output line for every line that can be used, one errors line for every other.

    What lines became is written once a second, or when a batch is full: a killed run loses no more.

    Args:
        job: what to do; ``evidence`` has no meaning here, ``resume`` only where a line becomes one object.
        outcome: turns one line into what to write, or into its failure.
        tally: counts to keep up to date, for a caller that wants them after an exception.
        progress: called with the tally after each writing.

    Returns:
        The final counts.

    Raises:
        ConfigError: as :func:`tongli.applications.job.check`.
        InputError: ``input.missing``, ``input.directory``, ``resume.mismatch``.
        StorageError: ``input.unreadable``, ``input.damaged``, ``output.directory``, ``storage.*``,
            ``resume.damaged``.
    """
    tally = Tally() if tally is None else tally
    check(job)
    source, checkpoint = Source(job.source), checkpoint_of(job)
    try:
        tally.bytes_total = source.size
        writer = Writer(job, checkpoint, tally, progress=progress)
        try:
            _run(job, outcome, source=source, checkpoint=checkpoint, writer=writer)
        finally:
            writer.close()
    finally:
        source.close()
    return tally


def _run(
    job: Job, outcome: Callable[[Line], Outcome], *, source: Source, checkpoint: Checkpoint, writer: Writer
) -> None:
    made: list[Outcome] = []
    last, written = 0, time.monotonic()
    for line in source.lines(max_bytes=job.max_bytes):
        last = line.number
        check_input([line], checkpoint, max_bytes=job.max_bytes)
        if last <= checkpoint.done:
            continue
        made.append(outcome(line))
        if len(made) == job.batch or time.monotonic() - written > _WAIT:
            writer.write(last - len(made) + 1, made, position=source.position())
            made, written = [], time.monotonic()
    check_length(last, checkpoint)
    if made:
        writer.write(last - len(made) + 1, made, position=source.position())
    writer.finish()

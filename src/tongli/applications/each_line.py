"""From one JSON line in to one JSON line out, or to some, where a line needs no neighbours."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tongli.applications.job import Job, Tally, check
from tongli.applications.jsonl import Line, Source, chunks
from tongli.applications.records import Failure, read_id, read_object
from tongli.applications.sink import Sink
from tongli.core import ConfigError, InputError

Objects = Mapping[str, Any] | Sequence[Mapping[str, Any]]
"""What to write for a line: an object, or any number of them."""

Outcome = Objects | Failure
"""What a line becomes, or why it becomes nothing."""

Record = dict[str, Any]
"""The JSON object on a line."""

_CHUNK_BYTES = 4 << 20


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
        of: turns an object into what to write beside its id, or in place of it; an ``InputError``, or a
            ``ConfigError`` about what the object declares, costs that line alone.
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
        except (InputError, ConfigError) as error:
            return Failure(line=line.number, id=identity, error=error.to_dict())

    return each_line(job, outcome, tally=tally, progress=progress)


def each_line(
    job: Job,
    outcome: Callable[[Line], Outcome],
    *,
    tally: Tally | None = None,
    progress: Callable[[Tally], None] | None = None,
) -> Tally:
    """Run a job: one output line for every line that can be used, one errors line for every other.

    Args:
        job: what to do; ``evidence`` and ``resume`` have no meaning here.
        outcome: turns one line into what to write, or into its failure.
        tally: counts to keep up to date, for a caller that wants them after an exception.
        progress: called with the tally after each chunk.

    Returns:
        The final counts.

    Raises:
        ConfigError: as :func:`tongli.applications.job.check`.
        InputError: ``input.missing``, ``input.directory``.
        StorageError: ``input.unreadable``, ``input.damaged``, ``output.directory``, ``storage.*``.
    """
    tally = Tally() if tally is None else tally
    check(job)
    source = Source(job.source)
    errors = job.errors_path()
    target, broken = Sink(job.target_path() or 1, packed=job.target.endswith(".gz")), Sink(errors or 2)
    try:
        tally.bytes_total = source.size
        target.open()
        if errors is not None and errors.is_file():
            errors.unlink()
        lines, some = source.lines(max_bytes=job.max_bytes), False
        for group in chunks(lines, max_lines=job.batch, max_bytes=_CHUNK_BYTES):
            some |= _write([outcome(line) for line in group], target=target, broken=broken, tally=tally)
            tally.bytes_done = source.position()
            if progress is not None:
                progress(tally)
        if not some:
            target.append(b"")
    finally:
        for file in (target, broken, source):
            file.close()
    return tally


def _write(outcomes: Sequence[Outcome], *, target: Sink, broken: Sink, tally: Tally) -> bool:
    """Write what lines became and count the lines; whether there was anything for the target."""
    good = [_json(item) for outcome in outcomes for item in _objects(outcome)]
    bad = [_json(item.to_dict()) for item in outcomes if isinstance(item, Failure)]
    if bad:
        broken.append(b"".join(bad))
    if good:
        target.append(b"".join(good))
    tally.read += len(outcomes)
    tally.written += len(outcomes) - len(bad)
    tally.failed += len(bad)
    return bool(good)


def _objects(outcome: Outcome) -> Sequence[Mapping[str, Any]]:
    if isinstance(outcome, Failure):
        return ()
    return (outcome,) if isinstance(outcome, Mapping) else outcome


def _json(data: Mapping[str, Any]) -> bytes:
    try:
        return json.dumps(data, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:  # a lone surrogate can only be written escaped
        return json.dumps(data).encode() + b"\n"

"""Look up the meaning of every expression of a JSONL file."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from tongli.applications.job import Job, Tally, check
from tongli.applications.jsonl import Line, Source, chunks
from tongli.applications.records import Failure, json_kind, read_id, read_lang, read_object
from tongli.applications.sink import Sink
from tongli.core import InputError
from tongli.core.text import require_text
from tongli.knowledge.gloss import Gloss, gloss

_CHUNK_BYTES = 4 << 20


def gloss_lines(
    job: Job, *, tally: Tally | None = None, progress: Callable[[Tally], None] | None = None
) -> Tally:
    """Run a job: one output line for every line that can be read, one errors line for every other.

    Lines have ``id``, ``idiom`` and ``lang`` (or the job's); output lines have ``id``, ``gloss`` (``None``
    when abstained), ``abstained``, ``source`` (the claim, how it was found, who says so) and ``reason``.

    Args:
        job: what to do; ``evidence`` and ``resume`` have no meaning here.
        tally: counts to keep up to date, for a caller that wants them after an exception.
        progress: called with the tally after each chunk.

    Returns:
        The final counts.

    Raises:
        ConfigError: as :func:`tongli.applications.job.check`, and for damaged claims.
        InputError: ``input.missing``, ``input.directory``.
        StorageError: ``input.unreadable``, ``input.damaged``, ``output.directory``, ``storage.*``.
    """
    tally = Tally() if tally is None else tally
    check(job)
    source = Source(job.source)
    errors = job.errors_path()
    target = Sink(job.target_path() or 1, packed=job.target.endswith(".gz"))
    broken = Sink(errors or 2)
    try:
        tally.bytes_total = source.size
        target.open()
        if errors is not None and errors.is_file():
            errors.unlink()
        lines = source.lines(max_bytes=job.max_bytes)
        for group in chunks(lines, max_lines=job.batch, max_bytes=_CHUNK_BYTES):
            _write([_outcome(line, job) for line in group], target=target, broken=broken, tally=tally)
            tally.bytes_done = source.position()
            if progress is not None:
                progress(tally)
        if not tally.written:
            target.append(b"")
    finally:
        target.close()
        broken.close()
        source.close()
    return tally


def _outcome(line: Line, job: Job) -> dict[str, Any] | Failure:
    identity = None
    try:
        record = read_object(line.raw, max_bytes=job.max_bytes)
        identity = read_id(record)
        idiom = require_text(_idiom(record), max_chars=job.max_chars)
        return _told(identity, gloss(idiom, _declared(record, job)))
    except InputError as error:
        return Failure(line=line.number, id=identity, error=error.to_dict())


def _idiom(record: dict[str, Any]) -> Any:
    if "idiom" not in record:
        raise InputError(
            "line.idiom",
            received='no "idiom"',
            allowed="a string",
            fix='Put the expression in the field "idiom".',
        )
    return record["idiom"]


def _declared(record: dict[str, Any], job: Job) -> str:
    """An expression alone is too short to tell its language by."""
    lang = read_lang(record) or job.lang
    if lang is None:
        raise InputError(
            "line.no-lang",
            received=f'a "lang" that is {json_kind(record.get("lang"))}' if "lang" in record else 'no "lang"',
            allowed='a BCP-47 tag such as "pt-BR"',
            fix='Give the line a "lang", or name one for all with --lang.',
        )
    return lang


def _told(identity: str | int, found: Gloss) -> dict[str, Any]:
    return {
        "id": identity,
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


def _write(outcomes: list[dict[str, Any] | Failure], *, target: Sink, broken: Sink, tally: Tally) -> None:
    good = [_json(item) for item in outcomes if not isinstance(item, Failure)]
    bad = [_json(item.to_dict()) for item in outcomes if isinstance(item, Failure)]
    if bad:
        broken.append(b"".join(bad))
    if good:
        target.append(b"".join(good))
    tally.written += len(good)
    tally.failed += len(bad)
    tally.read += len(outcomes)


def _json(data: dict[str, Any]) -> bytes:
    try:
        return json.dumps(data, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:  # a lone surrogate in an id can only be written escaped
        return json.dumps(data).encode() + b"\n"

"""Translate every text of a JSONL file, resumable."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tongli.applications.job import Job, Tally, check
from tongli.applications.jsonl import Line, Source, chunks
from tongli.applications.records import Failure, read_id, read_lang, read_object, read_text
from tongli.applications.resume import check_input, check_length, checkpoint_of
from tongli.applications.translate.session import Session
from tongli.applications.writer import Outcome, Writer, failure
from tongli.core import EngineError, InputError, Message, TongliError
from tongli.core.text import json_kind

_CHUNK_BYTES = 4 << 20
_DOWN = frozenset({"engine.unreachable", "storage.full", "storage.write"})
"""What is no line's fault: the run stops, and goes on from there once it is mended."""
_SLOW = frozenset({"engine.busy", "engine.timeout"})
"""What may be the fault of one line, but not of several in a row."""
_IN_A_ROW = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """One line that can be translated."""

    message: Message
    target: str
    engine: str | None


def translate_lines(
    job: Job,
    *,
    session: Session,
    target: str | None = None,
    tally: Tally | None = None,
    progress: Callable[[Tally], None] | None = None,
) -> Tally:
    """Run a job: one output line for every line that can be translated, one errors line for every other.

    Lines have ``id``, ``text`` and, if not told for all, ``from``, ``to`` and ``engine``. Output lines are
    those of ``Translation.to_dict``. Lines of one chunk with the same languages and engine are translated
    together. Stopped at any moment, the same job with ``resume=True`` goes on after the last line written.

    Args:
        job: what to do; ``lang`` is the language of lines without ``from``.
        session: translates.
        target: of lines without ``to``.
        tally: counts to keep up to date.
        progress: called with the tally after each chunk.

    Returns:
        The final counts.

    Raises:
        TongliError: as :func:`tongli.applications.annotate.annotate`; ``engine.unreachable``, and
            ``engine.busy`` where three lines in a row got no answer, which is no line's fault.
    """
    tally = Tally() if tally is None else tally
    check(job)
    source, checkpoint = Source(job.source), checkpoint_of(job)
    try:
        tally.bytes_total = source.size
        writer = Writer(job, checkpoint, tally, progress=progress)
        try:
            lines, last = source.lines(max_bytes=job.max_bytes), 0
            for group in chunks(lines, max_lines=job.batch, max_bytes=_CHUNK_BYTES):
                check_input(group, checkpoint, max_bytes=job.max_bytes)
                if (last := group[-1].number) > checkpoint.done:
                    outcomes = _outcomes(group, job=job, session=session, target=target)
                    writer.write(group[0].number, outcomes, position=source.position())
            check_length(last, checkpoint)
            writer.finish()
        finally:
            writer.close()
    finally:
        source.close()
    return tally


def _outcomes(lines: Sequence[Line], *, job: Job, session: Session, target: str | None) -> list[Outcome]:
    items = [_item(line, job=job, target=target) for line in lines]
    found: dict[int, Outcome] = {row: item for row, item in enumerate(items) if isinstance(item, Failure)}
    groups: dict[tuple[str | None, str, str | None], list[int]] = {}
    for row, item in enumerate(items):
        if isinstance(item, _Item):
            groups.setdefault((item.message.lang, item.target, item.engine), []).append(row)
    for rows in groups.values():
        own = [item for row in rows if isinstance(item := items[row], _Item)]
        made = _translated(own, [lines[row].number for row in rows], session)
        found |= zip(rows, made, strict=True)
    return [found[row] for row in range(len(items))]


def _translated(items: Sequence[_Item], numbers: Sequence[int], session: Session) -> list[Outcome]:
    """Outcomes of items of one kind: together, and one by one when that fails."""
    try:
        made = session.translate(
            [item.message for item in items], target=items[0].target, engine=items[0].engine
        )
        return [each.to_dict() for each in made]
    except (TongliError, ArithmeticError, LookupError, ValueError) as error:
        if isinstance(error, TongliError) and error.code in _DOWN:
            raise
        if len(items) == 1:
            return [failure(error, line=numbers[0], identity=items[0].message.id)]
    return _one_by_one(items, numbers, session)


def _one_by_one(items: Sequence[_Item], numbers: Sequence[int], session: Session) -> list[Outcome]:
    found: list[Outcome] = []
    late = 0
    for item, number in zip(items, numbers, strict=True):
        [made] = _translated([item], [number], session)
        late = late + 1 if isinstance(made, Failure) and made.error["code"] in _SLOW else 0
        if late == _IN_A_ROW and isinstance(made, Failure):
            raise EngineError(
                "engine.busy",
                received=f"{_IN_A_ROW} lines in a row without an answer ({made.error['received']})",
                allowed="an engine with room for the request",
                fix="See whether it runs, then run the same command with --resume.",
            )
        found.append(made)
    return found


def _item(line: Line, *, job: Job, target: str | None) -> _Item | Failure:
    identity = None
    try:
        record = read_object(line.raw, max_bytes=job.max_bytes)
        identity = read_id(record)
        source = read_lang(record, "from" if "from" in record else "lang") or job.lang
        wanted = read_lang(record, "to") or target
        if wanted is None:
            raise _bad("to", record.get("to"))
        engine = record.get("engine")
        if engine is not None and not isinstance(engine, str):
            raise _bad("engine", engine)
        message = Message(read_text(record, max_chars=job.max_chars), lang=source, id=identity)
        return _Item(message=message, target=wanted, engine=engine)
    except InputError as error:
        return Failure(line=line.number, id=identity, error=error.to_dict())


def _bad(name: str, value: Any) -> InputError:
    return InputError(
        "line.translate",
        received=f'no "{name}"' if value is None else f'a "{name}" that is {json_kind(value)}',
        allowed='"to", a BCP-47 tag such as "pt-BR"; "engine", the name of an engine',
        fix="Add it to the line, or name it for all lines with --to or --engine.",
    )

"""Read every message of a JSONL file: streaming, resumable, and never stopped by a broken line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

from tongli.applications.job import Job, Tally, check
from tongli.applications.jsonl import Line, Source, chunks
from tongli.applications.overlap import overlap
from tongli.applications.records import Failure, parse
from tongli.applications.resume import Checkpoint, check_input, check_length, checkpoint_of
from tongli.applications.writer import Outcome, Writer, failure
from tongli.core import InputError, Message, Reading, TongliError

_CHUNK_BYTES = 4 << 20
_CHUNKS_READ = 2
"""Chunks that are read at once."""
_MEDIA_A_CHUNK = 8
"""Messages with media take seconds each: a chunk with more of them is read and written in pieces."""


class BatchReader(Protocol):
    """Something that reads many messages: :class:`tongli.Tongli`, or a test's stand-in."""

    def read_many(self, messages: Sequence[Message], *, evidence: bool = False) -> list[Reading]:
        """One reading a message, in order; ``InputError`` when one of them cannot be read."""


@dataclass(frozen=True, slots=True)
class _Chunk:
    first: int
    position: int
    items: list[Message | Failure]


def annotate(
    reader: BatchReader,
    job: Job,
    *,
    tally: Tally | None = None,
    progress: Callable[[Tally], None] | None = None,
) -> Tally:
    """Run a job: one output line for every line that can be read, one errors line for every other.

    Two chunks are read at once, while the next is parsed and the previous one written. Stopped at any
    moment, by any means, the same job with ``resume=True`` ends in the same bytes.

    Args:
        reader: reads the messages.
        job: what to do.
        tally: counts to keep up to date, for a caller that wants them after an exception.
        progress: called with the tally after each chunk, from a background thread.

    Returns:
        The final counts.

    Raises:
        ConfigError: ``annotate.batch``, ``annotate.options``, ``output.exists``, ``output.same-file``,
            ``output.resume``.
        InputError: ``input.missing``, ``input.directory``, ``resume.mismatch``.
        StorageError: ``input.unreadable``, ``input.damaged``, ``output.directory``, ``storage.*``,
            ``resume.damaged``. What was written before stays, and can be resumed.
        ModelError: from the reader.
    """
    tally = Tally() if tally is None else tally
    source = Source(job.source)
    try:
        check(job)
        checkpoint = checkpoint_of(job)
        tally.bytes_total = source.size
        writer = Writer(job, checkpoint, tally, progress=progress)
        try:
            _run(reader, job, source, checkpoint, writer)
        finally:
            writer.close()
    finally:
        source.close()
    return tally


def _run(reader: BatchReader, job: Job, source: Source, checkpoint: Checkpoint, writer: Writer) -> None:
    def read(chunk: _Chunk) -> tuple[_Chunk, list[Outcome]]:
        return chunk, _outcomes(reader, chunk, evidence=job.evidence)

    parsed = _parsed(job, source, checkpoint)
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="tongli-write") as pool:
        pending: Future[None] | None = None
        # The heads of one chunk run while the next is encoded.
        for chunk, outcomes in overlap(read, parsed, workers=_CHUNKS_READ):
            if pending is not None:
                pending.result()
            pending = pool.submit(writer.write, chunk.first, outcomes, position=chunk.position)
        if pending is not None:
            pending.result()
    writer.finish()


def _parsed(job: Job, source: Source, checkpoint: Checkpoint) -> Iterator[_Chunk]:
    """Chunks from the one that holds the first unwritten line on, which is read again whole.

    Scores depend slightly on what is read together, so a chunk that was cut off is repeated as it was.
    """
    last = before = 0
    for lines in chunks(source.lines(max_bytes=job.max_bytes), max_lines=job.batch, max_bytes=_CHUNK_BYTES):
        first, last = lines[0].number, lines[-1].number
        check_input(lines, checkpoint, max_bytes=job.max_bytes)
        if last > checkpoint.done:
            chunk = _Chunk(first, source.position(), [_parse(line, job) for line in lines])
            for piece in _pieces(chunk, before):
                if piece.first + len(piece.items) - 1 > checkpoint.done:
                    yield piece
        before = source.position()
    check_length(last, checkpoint)


def _pieces(chunk: _Chunk, before: int) -> Iterator[_Chunk]:
    """The chunk, cut where it has many messages with media; their positions start from byte ``before``."""
    start = media = 0
    for end, item in enumerate(chunk.items, 1):
        media += isinstance(item, Message) and bool(item.media)
        if media == _MEDIA_A_CHUNK or end == len(chunk.items):
            position = before + (chunk.position - before) * end // len(chunk.items)
            yield _Chunk(chunk.first + start, position, chunk.items[start:end])
            start, media = end, 0


def _parse(line: Line, job: Job) -> Message | Failure:
    return parse(
        line.raw,
        line=line.number,
        lang=job.lang,
        max_chars=job.max_chars,
        max_bytes=job.max_bytes,
        folder=job.folder(),
    )


def _outcomes(reader: BatchReader, chunk: _Chunk, *, evidence: bool) -> list[Outcome]:
    """A reading or a failure for each line: texts together, media one by one.

    After an exception the texts are read one by one too, to find the culprit.
    """
    texts = [item for item in chunk.items if isinstance(item, Message) and not item.media]
    together: Iterator[Reading] | None = None
    try:
        together = iter(_read(reader, texts, evidence=evidence))
    except Exception as error:  # noqa: BLE001 - whatever it is, it may only cost the line that caused it
        _reraise_if_general(error)
    outcomes: list[Outcome] = []
    for line, item in enumerate(chunk.items, chunk.first):
        if isinstance(item, Failure):
            outcomes.append(item)
        elif item.media or together is None:
            outcomes.append(_one(reader, item, line=line, evidence=evidence))
        else:
            outcomes.append(next(together))
    return outcomes


def _read(reader: BatchReader, messages: Sequence[Message], *, evidence: bool) -> list[Reading]:
    readings = reader.read_many(messages, evidence=evidence) if messages else []
    if len(readings) != len(messages):
        raise RuntimeError(f"the reader gave {len(readings)} readings for {len(messages)} messages")
    return readings


def _one(reader: BatchReader, message: Message, *, line: int, evidence: bool) -> Outcome:
    try:
        return _read(reader, [message], evidence=evidence)[0]
    except Exception as error:  # noqa: BLE001 - whatever it is, it may only cost the line that caused it
        _reraise_if_general(error)
        return failure(error, line=line, identity=message.id)


def _reraise_if_general(error: Exception) -> None:
    """An error of the models, the settings or the disk is not one line's fault."""
    if isinstance(error, TongliError) and not isinstance(error, InputError):
        raise error

"""Where a stopped run can go on: worked out from its output alone, no state file.

Every input line leaves exactly one line, in the output or in the errors file, and a chunk's errors are
written before its output. So the number of whole output lines and the line numbers of the errors say
which input line was the last one written; errors after it belong to a chunk that was cut off.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tongli.applications.job import Job
from tongli.applications.jsonl import Line
from tongli.applications.records import read_id, read_object
from tongli.core import InputError, StorageError

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """A point that a run reached.

    Attributes:
        done: input lines whose outcome is on disk; the last of them was written to the output.
        written: lines of the output.
        last_id: id in the last line of the output; ``None`` when it has none.
        target_bytes, errors_bytes: sizes to which the two files are cut back.
    """

    done: int = 0
    written: int = 0
    last_id: str | int | None = None
    target_bytes: int = 0
    errors_bytes: int = 0


def checkpoint_of(job: Job) -> Checkpoint:
    """Where a job begins: at its first line, or where an earlier run stopped; raises as :func:`recover`."""
    target, errors = job.target_path(), job.errors_path()
    if job.resume and target is not None and errors is not None:
        return recover(target, errors)
    return Checkpoint()


def check_input(lines: Sequence[Line], checkpoint: Checkpoint, *, max_bytes: int) -> None:
    """Make sure that the last line that was written, if it is among these, has the id of the output.

    Raises:
        InputError: ``resume.mismatch``.
    """
    if not lines or not lines[0].number <= checkpoint.done <= lines[-1].number:
        return
    line = lines[checkpoint.done - lines[0].number]
    try:
        found = read_id(read_object(line.raw, max_bytes=max_bytes))
    except InputError:
        found = None
    if (type(found), found) != (type(checkpoint.last_id), checkpoint.last_id):
        raise _mismatch(f"an input whose line {line.number} is not the last one of the output")


def check_length(last: int, checkpoint: Checkpoint) -> None:
    """Make sure that the input has the lines that are said to be done; raises as :func:`check_input`."""
    if last < checkpoint.done:
        raise _mismatch(f"an input of {last} lines, of which {checkpoint.done} are said to be done")


def recover(target: Path, errors: Path) -> Checkpoint:
    """Find the last input line that was written.

    Raises:
        StorageError: ``resume.damaged`` when a file is not what a run leaves behind,
            ``storage.read`` when one cannot be read.
    """
    try:
        size, written, last = _whole(target)
        done, errors_size = _match(errors, written)
    except OSError as error:
        raise StorageError(
            "storage.read",
            received=f"{error.filename}, which cannot be read ({error.strerror})",
            allowed="the readable output of an earlier run",
            fix="Check its permissions and the disk.",
        ) from error
    if not written:
        _check_beginning(target)
        return Checkpoint()
    last_id = _field(last, "id", target)
    return Checkpoint(
        done=done, written=written, last_id=last_id, target_bytes=size, errors_bytes=errors_size
    )


class _Counter:
    """Counts whole lines in a stream of blocks and remembers the last one."""

    def __init__(self) -> None:
        self.count = 0
        self.last = b""
        self.rest = b""

    def feed(self, block: bytes) -> None:
        data = self.rest + block
        end = data.rfind(b"\n")
        if end >= 0:
            self.count += data.count(b"\n")
            self.last = data[data.rfind(b"\n", 0, end) + 1 : end]
        self.rest = data[end + 1 :]


def _whole(target: Path) -> tuple[int, int, bytes]:
    """Size, number and last of the whole lines of a file; of its whole gzip members for ``.gz``."""
    if not target.exists():
        return 0, 0, b""
    return _whole_members(target) if target.suffix == ".gz" else _whole_lines(target)


def _whole_lines(target: Path) -> tuple[int, int, bytes]:
    counter = _Counter()
    size = 0
    for block in _blocks(target):
        counter.feed(block)
        size += len(block)
    return size - len(counter.rest), counter.count, counter.last


def _whole_members(target: Path) -> tuple[int, int, bytes]:
    counter, member = _Counter(), zlib.decompressobj(31)
    position, found = 0, (0, 0, b"")
    for block in _blocks(target):
        position += len(block)
        rest = block
        while rest:
            try:
                counter.feed(member.decompress(rest))
            except zlib.error:
                return found
            rest = member.unused_data
            if member.eof:
                if counter.rest:
                    raise _damaged(target)
                found = (position - len(rest), counter.count, counter.last)
                member = zlib.decompressobj(31)
    return found


def _match(errors: Path, written: int) -> tuple[int, int]:
    """The last written input line, and how many bytes of the errors file come before it."""
    done, size, before = written, 0, 0
    if not errors.exists():
        return done, size
    with errors.open("rb") as file:
        for raw in file:
            if not raw.endswith(b"\n"):
                break
            number = _field(raw, "line", errors)
            if not isinstance(number, int) or number <= before:
                raise _damaged(errors)
            if number > done:
                break
            done, size, before = done + 1, size + len(raw), number
    return done, size


def _check_beginning(target: Path) -> None:
    """A file without a whole line is cut to nothing, so make sure that it was ours."""
    if target.exists():
        expected = b"\x1f\x8b" if target.suffix == ".gz" else b'{"id": '
        with target.open("rb") as file:
            found = file.read(len(expected))
        if not expected.startswith(found):
            raise _damaged(target)


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block


def _field(raw: bytes, name: str, path: Path) -> str | int:
    try:
        value = json.loads(raw)[name]
    except (ValueError, KeyError, TypeError):
        raise _damaged(path) from None
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise _damaged(path)
    return value


def _damaged(path: Path) -> StorageError:
    return StorageError(
        "resume.damaged",
        received=f"{path}, which is not what a stopped run leaves behind",
        allowed="the unchanged output of an earlier run",
        fix="Start again with --overwrite, or write to another file.",
    )


def _mismatch(received: str) -> InputError:
    return InputError(
        "resume.mismatch",
        received=received,
        allowed="the input of the run that was stopped, unchanged",
        fix="Resume with that input, or start again with --overwrite.",
    )

"""Outcomes of lines, on disk."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tongli.applications.job import Job, Tally
from tongli.applications.records import Failure
from tongli.applications.resume import Checkpoint
from tongli.applications.sink import Sink
from tongli.core import InputError, Reading, TongliError

Objects = Mapping[str, Any] | Sequence[Mapping[str, Any]]
"""What to write for a line: an object, or any number of them."""

Outcome = Reading | Failure | Objects
"""What a line became: read, refused, or the data to write for it."""


class Writer:
    """Puts the outcomes of a job on disk, errors before output, and counts them."""

    def __init__(
        self,
        job: Job,
        checkpoint: Checkpoint,
        tally: Tally,
        *,
        progress: Callable[[Tally], None] | None,
    ) -> None:
        errors = job.errors_path()
        self._tally, self._progress = tally, progress
        self._target = Sink(job.target_path() or 1, packed=job.target.endswith(".gz"))
        self._errors = Sink(errors or 2)
        self._done, self._some = checkpoint.done, checkpoint.written > 0
        self._target.open(keep=checkpoint.target_bytes)
        if checkpoint.errors_bytes:
            self._errors.open(keep=checkpoint.errors_bytes)
        elif errors is not None and errors.is_file():
            errors.unlink()
        tally.read = tally.resumed = checkpoint.done
        tally.written = checkpoint.written
        tally.failed = checkpoint.done - checkpoint.written

    def write(self, first: int, outcomes: Sequence[Outcome], *, position: int) -> None:
        """Write one chunk's outcomes, leaving out the lines that are on disk already.

        Args:
            first: number of the chunk's first line.
            outcomes: one a line.
            position: byte of the input at which the chunk ends.
        """
        good: list[bytes] = []
        bad: list[bytes] = []
        for line, outcome in enumerate(outcomes, first):
            if line > self._done:
                ok, encoded = _encoded(outcome, line=line)
                (good if ok else bad).append(encoded)
        data = b"".join(good)
        if bad:
            self._errors.append(b"".join(bad))
        if data:
            self._target.append(data)
            self._some = True
        self._tally.bytes_done = position
        self._count(len(good), len(bad))

    def finish(self) -> None:
        """Make an output without lines a valid file of its kind."""
        if not self._some:
            self._target.append(b"")

    def close(self) -> None:
        """Close both files."""
        self._target.close()
        self._errors.close()

    def _count(self, written: int, failed: int) -> None:
        tally = self._tally
        tally.read += written + failed
        tally.written += written
        tally.failed += failed
        if self._progress is not None:
            self._progress(tally)


def _encoded(outcome: Outcome, *, line: int) -> tuple[bool, bytes]:
    """Whether the line was read, and its JSON in UTF-8 with a line ending."""
    if isinstance(outcome, Failure):
        return False, _json(outcome.to_dict())
    data: Objects = outcome.to_line() if isinstance(outcome, Reading) else outcome
    items = (data,) if isinstance(data, Mapping) else data
    try:
        return True, b"".join(map(_json, items))
    except (TypeError, ValueError) as error:
        return False, _json(failure(error, line=line, identity=items[0].get("id")).to_dict())


def _json(data: Mapping[str, Any]) -> bytes:
    try:
        return json.dumps(data, ensure_ascii=False, allow_nan=False).encode() + b"\n"
    except UnicodeEncodeError:  # a lone surrogate in an id can only be written escaped
        return json.dumps(data, allow_nan=False).encode() + b"\n"


def failure(error: Exception, *, line: int, identity: str | int | None) -> Failure:
    """The failure of a line on which an exception was raised; its text is never repeated."""
    if not isinstance(error, TongliError):
        error = InputError(
            "line.internal",
            received=f"a line on which the reader failed ({type(error).__name__})",
            allowed="any text",
            fix="This is a fault of tongli: please report it with the line.",
        )
    return Failure(line=line, error=error.to_dict(), id=identity)

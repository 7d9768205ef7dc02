"""What a long run has done so far, on disk, so that a killed run goes on where it was.

The first line says what must be the same for the rest to count; each further line is one piece of work. A
line that was cut off is dropped, and a journal of another run is written anew.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Generic, TypeVar

from tongli.applications.sink import Sink
from tongli.core import StorageError

T = TypeVar("T")


class Journal(Generic[T]):
    """A file of pieces of work.

    Args:
        path: beside the output.
        head: what must be the same for the journal to count.
        told: a piece of work as JSON.
        read: its inverse; a ``TypeError``, ``KeyError``, ``ValueError`` or ``AttributeError`` means none.
    """

    def __init__(
        self, path: Path, head: Mapping[str, Any], *, told: Callable[[T], Any], read: Callable[[Any], T]
    ) -> None:
        self.path = path
        self._head = dict(head)
        self._told, self._as_work = told, read
        self._sink = Sink(path)

    def open(self) -> list[T]:
        """What an earlier run left, ready for more.

        Raises:
            StorageError: ``storage.read``, ``storage.write``, ``storage.full``.
        """
        done, whole = self._read()
        self._sink.open(keep=whole)
        if not whole:
            self._append(self._head)
        return done

    def add(self, work: T) -> None:
        """Write a piece down; raises ``StorageError``."""
        self._append(self._told(work))

    def close(self) -> None:
        """Close the file; it stays."""
        self._sink.close()

    def _append(self, data: Any) -> None:
        self._sink.append(json.dumps(data, ensure_ascii=False).encode() + b"\n")

    def _read(self) -> tuple[list[T], int]:
        """Work of the same run, and how many bytes of the file are whole."""
        try:
            lines = self.path.read_bytes().splitlines(keepends=True)
        except FileNotFoundError:
            return [], 0
        except OSError as error:
            raise StorageError(
                "storage.read",
                received=f"{self.path.name}, which cannot be read ({error.strerror})",
                allowed="the readable journal of an earlier run",
                fix="Check its permissions and the disk, or remove it to start again.",
            ) from error
        if not lines or _parsed(lines[0]) != self._head:
            return [], 0
        done, whole = [], len(lines[0])
        for line in lines[1:]:
            try:
                done.append(self._as_work(_parsed(line)))
            except (TypeError, KeyError, ValueError, AttributeError):
                break
            whole += len(line)
        return done, whole


def _parsed(line: bytes) -> Any:
    try:
        return json.loads(line) if line.endswith(b"\n") else None
    except ValueError:
        return None

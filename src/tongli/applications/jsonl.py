"""Lines of a JSONL file or of standard input, read with bounded memory, plain or gzip."""

from __future__ import annotations

import gzip
import io
import os
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from tongli.core import InputError, StorageError

STANDARD = "-"
"""The name that means standard input or standard output."""

_GZIP_MAGIC = b"\x1f\x8b"
_BLOCK = 1 << 20


class Line(NamedTuple):
    """One input line: its number from 1, and its bytes, ``None`` when it was longer than allowed."""

    number: int
    raw: bytes | None


class Source:
    """An open input. Compression is recognised by content, not by name.

    Raises:
        InputError: ``input.missing`` or ``input.directory``.
        StorageError: ``input.unreadable``.
    """

    def __init__(self, name: str) -> None:
        self._standard = name == STANDARD
        self._raw = open_bytes(name)
        buffered = io.BufferedReader(self._raw, _BLOCK)
        packed = buffered.peek(2)[:2] == _GZIP_MAGIC
        self._stream: gzip.GzipFile | io.BufferedReader[io.FileIO] = (
            gzip.GzipFile(fileobj=buffered) if packed else buffered
        )
        self.size = os.fstat(self._raw.fileno()).st_size if self._raw.seekable() else None

    def position(self) -> int:
        """Bytes of the file consumed so far, compressed ones for gzip; 0 for a pipe."""
        if self.size is None:
            return 0
        return self._raw.tell() if isinstance(self._stream, gzip.GzipFile) else self._stream.tell()

    def lines(self, *, max_bytes: int) -> Iterator[Line]:
        """Every line without its line ending; a line over ``max_bytes`` is skipped over, not kept.

        Raises:
            StorageError: ``input.damaged`` when a gzip stream is cut or corrupt, ``input.unreadable``.
        """
        number = 0
        try:
            while raw := self._stream.readline(max_bytes + 2):
                number += 1
                body = raw.rstrip(b"\r\n")
                if number == 1:
                    body = body.removeprefix(b"\xef\xbb\xbf")
                if len(body) > max_bytes or (len(raw) > max_bytes + 1 and not raw.endswith(b"\n")):
                    self._skip(raw)
                    yield Line(number, None)
                else:
                    yield Line(number, body)
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise StorageError(
                "input.damaged",
                received=f"a gzip stream that breaks off after line {number}",
                allowed="a whole gzip file",
                fix="Fetch or compress the input again, then go on with --resume, where there is one.",
            ) from error
        except OSError as error:
            raise _unreadable(error) from error

    def _skip(self, raw: bytes) -> None:
        while raw and not raw.endswith(b"\n"):
            raw = self._stream.readline(_BLOCK)

    def close(self) -> None:
        """Close a file. Standard input is left alone: a thread may still wait on it."""
        if not self._standard:
            self._stream.close()
            self._raw.close()


def open_bytes(name: str) -> io.FileIO:
    """A file, or standard input for ``-``, unbuffered; raises like :class:`Source`."""
    try:
        return io.FileIO(0, closefd=False) if name == STANDARD else io.FileIO(name)
    except (FileNotFoundError, IsADirectoryError) as error:
        folder = isinstance(error, IsADirectoryError)
        raise InputError(
            "input.directory" if folder else "input.missing",
            received=f"the folder {name}" if folder else f"{name}, which does not exist",
            allowed="the path of a file, or - for standard input",
            fix="Name a file in it." if folder else "Check the path.",
        ) from error
    except OSError as error:
        raise _unreadable(error) from error


def read_start(name: str, *, limit: int) -> bytes:
    """At most ``limit`` bytes of a file or of standard input; raises like :class:`Source`."""
    data = b""
    with open_bytes(name) as raw:
        try:
            while len(data) < limit and (block := raw.read(limit - len(data))):
                data += block
        except OSError as error:
            raise _unreadable(error) from error
    return data


def chunks(lines: Iterator[Line], *, max_lines: int, max_bytes: int) -> Iterator[list[Line]]:
    """Group lines; a group closes at ``max_lines`` lines or once it holds ``max_bytes`` bytes.

    Where groups end depends on the lines before them only, so a second run over the same input
    gives the same groups: resuming relies on it.
    """
    group: list[Line] = []
    size = 0
    for line in lines:
        group.append(line)
        size += len(line.raw or b"")
        if len(group) == max_lines or size >= max_bytes:
            yield group
            group, size = [], 0
    if group:
        yield group


def _unreadable(error: OSError) -> StorageError:
    return StorageError(
        "input.unreadable",
        received=f"the input, which cannot be read ({error.strerror})",
        allowed="a readable file",
        fix="Check its permissions and the disk.",
    )

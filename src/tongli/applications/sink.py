"""Append-only files of whole lines."""

from __future__ import annotations

import contextlib
import errno
import io
import zlib
from pathlib import Path

from tongli.core import StorageError

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class Sink:
    """Somewhere to append lines: a file or an open descriptor.

    Each :meth:`append` is one gzip member, and is undone whole when it fails, so that a file always
    ends with a whole line or can be cut back to one.

    Args:
        target: a path, or the number of an open descriptor.
        packed: compress with gzip.
    """

    def __init__(self, target: Path | int, *, packed: bool = False) -> None:
        self._target, self._packed = target, packed
        self._file: io.FileIO | None = None

    def open(self, *, keep: int = 0) -> io.FileIO:
        """Open once, keeping the first ``keep`` bytes of a regular file; raises ``StorageError``."""
        if self._file is None:
            try:
                self._file = self._opened(keep)
            except OSError as error:
                raise _failure(error, self._target) from error
        return self._file

    def append(self, data: bytes) -> None:
        """Write everything, or leave the file as it was.

        Raises:
            StorageError: ``storage.full`` or ``storage.write``.
            BrokenPipeError: nobody reads the descriptor any more.
        """
        file = self.open()
        rest = memoryview(zlib.compress(data, 6, wbits=31) if self._packed else data)
        start = file.tell() if file.seekable() else None
        try:
            while rest:
                rest = rest[file.write(rest) :]
        except BrokenPipeError:
            raise
        except OSError as error:
            if start is not None:
                with contextlib.suppress(OSError):
                    file.truncate(start)
            raise _failure(error, self._target) from error

    def close(self) -> None:
        """Close a file that was opened."""
        if self._file is not None:
            self._file.close()

    def _opened(self, keep: int) -> io.FileIO:
        if isinstance(self._target, int):
            return io.FileIO(self._target, "w", closefd=False)
        file = io.FileIO(self._target, "a")
        if self._target.is_file():
            file.truncate(keep)
            file.seek(keep)
        return file


def _failure(error: OSError, target: Path | int) -> StorageError:
    if error.errno in _FULL:
        return StorageError(
            "storage.full",
            received=f"no space left while writing {_name(target)}",
            allowed="a disk with free space",
            fix="Free some space, then run the same command again: with --resume, where there is one.",
        )
    return StorageError(
        "storage.write",
        received=f"{_name(target)}, which cannot be written ({error.strerror})",
        allowed="a writable file in an existing folder",
        fix="Check the folder, its permissions and the disk.",
    )


def _name(target: Path | int) -> str:
    return str(target) if isinstance(target, Path) else f"descriptor {target}"

"""Results that take long: kept on disk, made once, made anew where damaged; and how much is still to come."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from filelock import FileLock

Found = TypeVar("Found")

_DAMAGED = (OSError, ValueError, EOFError)
"""What reading a file raises that is cut short, emptied or missing from its folder."""

_PACE = 10.0
"""Seconds between two tellings."""


def kept(path: Path, *, make: Callable[[Path], None], read: Callable[[Path], Found]) -> Found:
    """What ``read`` makes of a file or folder, which ``make`` writes where there is none that can be read.

    It is written beside its final name and renamed when whole. Of several processes one makes it, and the
    others wait. A killed one starts it again.

    Args:
        path: of the file or folder.
        make: writes what is kept to the path that it is given.
        read: raises ``OSError``, ``ValueError`` or ``EOFError`` for what is damaged.

    Raises:
        OSError: the disk is full, or the folder cannot be written.
    """
    found = _read(path, read)
    if found is not None:
        return found
    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(path.with_name(f"{path.name}.lock")):
        found = _read(path, read)  # another process may have made it meanwhile
        if found is not None:
            return found
        part = path.with_name(f"{path.name}.part")
        for old in (path, part):
            _remove(old)
        try:
            make(part)
            part.rename(path)
        finally:
            _remove(part)
    return read(path)


def counting(tell: Callable[[str], None], *, what: str = "texts encoded") -> Callable[[int, int], None]:
    """A teller of how many of all are done, at the start and the end, and between them what is left.

    Args:
        tell: told a line at most every ten seconds.
        what: is counted.
    """
    started = last = time.monotonic()

    def count(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if 0 < done < total and now - last < _PACE:
            return
        last = now
        left = f", about {_time((now - started) * (total - done) / done)} left" if 0 < done < total else ""
        tell(f"{done:,} of {total:,} {what}{left}")

    return count


def _read(path: Path, read: Callable[[Path], Found]) -> Found | None:
    if not path.exists():
        return None
    try:
        return read(path)
    except _DAMAGED:
        return None


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _time(seconds: float) -> str:
    return f"{max(1, round(seconds))} s" if seconds < 100 else f"{round(seconds / 60):,} min"

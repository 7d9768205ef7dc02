"""One process at a time at the folder of a run: two would overwrite each other's checkpoints."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from tongli.core import ConfigError


@contextmanager
def occupying(code: str, folder: Path, *, what: str) -> Iterator[None]:
    """Hold the lock of a folder, which is made if need be; a killed process holds none.

    Args:
        code: of the error, such as ``train.busy``.
        folder: of the run.
        what: runs here, for the error.

    Raises:
        ConfigError: ``code`` while another process holds it.
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / "run.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as busy:
        raise ConfigError(
            code,
            received=f"{folder}, where another process runs {what}",
            allowed=f"one {what} at a time in a folder",
            fix="Wait for it, stop it, or choose another folder with -o.",
        ) from busy
    try:
        yield
    finally:
        lock.release()

"""One process at a time at a folder of the cache."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

from tongli.core import StorageError


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock beside a folder, and make its parent.

    Raises:
        StorageError: ``storage.cache`` for a file error meanwhile.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.with_name(f"{folder.name}.lock")):
            yield
    except OSError as denied:
        raise StorageError(
            "storage.cache",
            received=f"{type(denied).__name__} in {folder.parent}",
            allowed="a writable folder with about 400 MB free",
            fix="Free some space, or set TONGLI_CACHE to another folder.",
        ) from denied

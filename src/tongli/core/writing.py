"""Files that cannot be written: the one way to tell."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tongli.core.errors import StorageError, shorten

ELSEWHERE: Final = "Free some space, or choose another folder."
"""What helps where nothing is lost."""
GOES_ON: Final = "Free some space and start again; what was learnt is in its checkpoint."
"""What helps where a run goes on."""


@contextmanager
def writing(
    code: str,
    path: Path,
    *,
    allowed: str = "a writable folder with free space",
    fix: str = ELSEWHERE,
    also: tuple[type[Exception], ...] = (),
) -> Iterator[None]:
    """What happens within writes a file or a folder.

    Args:
        code: of the error.
        path: its last part is told.
        allowed, fix: told with the error.
        also: errors of other libraries that say that something cannot be written.

    Raises:
        StorageError: ``code``, where the system or one of ``also`` says no.
    """
    failures: tuple[type[Exception], ...] = (OSError, *also)
    try:
        yield
    except failures as broken:
        received = f"{shorten(path.name)}: {type(broken).__name__}"
        raise StorageError(code, received=received, allowed=allowed, fix=fix) from broken

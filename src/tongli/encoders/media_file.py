"""A file of sound, picture or video, before anything tries to decode it."""

from __future__ import annotations

from pathlib import Path

from tongli.core import InputError, StorageError


def require_file(path: Path, *, kind: str) -> None:
    """Check that there is a file that can be opened.

    Args:
        path: of the file; errors tell its name without its folder.
        kind: what it should be, such as ``a sound or video file``.

    Raises:
        InputError: ``input.missing`` or ``input.directory``.
        StorageError: ``input.unreadable``.
    """
    if not path.is_file():
        there = path.exists()
        raise InputError(
            "input.directory" if there else "input.missing",
            received=path.name or "a folder",
            allowed=f"the path of {kind}",
            fix="Name a file in it." if there else "Check the path.",
        )
    try:
        path.open("rb").close()
    except OSError as denied:
        raise StorageError(
            "input.unreadable",
            received=type(denied).__name__,
            allowed="a readable file",
            fix="Check its permissions and the disk.",
        ) from denied

"""Rewrite a plain text file of any length, some paragraphs at a time."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tongli.core import InputError, StorageError
from tongli.empathy.gender.rules import Rewrite

_CHUNK = 1 << 16
"""Code points that are rewritten together, at least; references are not followed across."""

_LONGEST = 1 << 20


@dataclass(slots=True)
class Changes:
    """What became of a manuscript so far."""

    edits: int = 0
    abstained: int = 0


def rewrite_stream(source: IO[str], target: IO[str], rewrite: Callable[[str], Rewrite]) -> Changes:
    """Copy a text, rewritten; memory does not grow with its length.

    Args:
        source: opened with ``newline=""``, so that line endings stay as they are.
        target: likewise.
        rewrite: rewrites some paragraphs.

    Raises:
        InputError: ``input.encoding`` when the source is not UTF-8.
    """
    changes = Changes()
    for chunk in _chunks(source):
        found = rewrite(chunk)
        target.write(found.text)
        changes.edits += len(found.edits)
        changes.abstained += len(found.abstained)
    return changes


def replace_file(path: Path, rewrite: Callable[[str], Rewrite]) -> tuple[Path, Changes]:
    """Rewrite a file in place, and keep the original beside it.

    Returns:
        The backup, which never replaces an older one, and what was changed.

    Raises:
        InputError: ``input.encoding``; the file is then as it was.
        StorageError: ``storage.write``; likewise.
    """
    backup, draft = _unused(path, "bak"), _unused(path, "tmp")
    try:
        with (
            path.open(encoding="utf-8", newline="") as source,
            draft.open("x", encoding="utf-8", newline="") as target,
        ):
            changes = rewrite_stream(source, target, rewrite)
        shutil.copystat(path, draft)
        path.rename(backup)
        draft.rename(path)
    except OSError as error:
        raise StorageError(
            "storage.write",
            received=f"{path}, which cannot be replaced ({os.strerror(error.errno or 0)})",
            allowed="a writable file in a writable folder with free space",
            fix="Write to another file with -o.",
        ) from error
    finally:
        draft.unlink(missing_ok=True)
    return backup, changes


def _unused(path: Path, ending: str) -> Path:
    names = (f"{path.name}.{ending}{number or ''}" for number in range(10_000))
    return next(found for name in names if not (found := path.with_name(name)).exists())


def _chunks(source: IO[str]) -> Iterator[str]:
    """Whole paragraphs; a text without blank lines is cut at line ends."""
    parts: list[str] = []
    size = 0
    try:
        while line := source.readline(_LONGEST):
            parts.append(line)
            size += len(line)
            if size >= _LONGEST or (size >= _CHUNK and not line.strip()):
                yield "".join(parts)
                parts, size = [], 0
    except UnicodeDecodeError as error:
        raise InputError(
            "input.encoding",
            received="a file with bytes that are not UTF-8",
            allowed="UTF-8",
            fix="Convert the file, for example with iconv.",
        ) from error
    if parts:
        yield "".join(parts)

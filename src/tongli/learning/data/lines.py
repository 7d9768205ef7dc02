"""JSON objects of a file, one a line, each with its place."""

from __future__ import annotations

import gzip
import io
import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO, cast

from tongli.core import InputError, StorageError

UNREADABLE = (OSError, EOFError, UnicodeDecodeError, zlib.error)
"""What reading from :func:`opened` raises of a file that is missing, forbidden, damaged or not UTF-8."""


def read_objects(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Place (``train.jsonl:12``) and object of every line that is not blank, with bounded memory.

    Args:
        path: as :func:`opened` reads it.

    Raises:
        InputError: ``record.json`` or ``record.object``, naming file and line; the first bad line ends it.
        StorageError: ``record.unreadable``.
    """
    try:
        with opened(path) as file:
            for number, raw in enumerate(file, start=1):
                if raw.strip():
                    place = f"{path.name}:{number}"
                    yield place, _object(raw, place=place)
    except UNREADABLE as broken:
        raise StorageError(
            "record.unreadable",
            received=f"{path.name}: {type(broken).__name__}",
            allowed="a readable UTF-8 JSONL file, plain or gzip",
            fix="Check the path, and that the text is UTF-8.",
        ) from broken


@contextmanager
def opened(path: Path) -> Iterator[TextIO]:
    """A text file in UTF-8, with or without a byte order mark, plain or gzip by its content.

    Raises:
        OSError, EOFError, UnicodeDecodeError, zlib.error: also while it is read (:data:`UNREADABLE`).
    """
    with path.open("rb") as raw:
        packed = raw.peek(2)[:2] == b"\x1f\x8b"
        stream = cast("io.BufferedReader", gzip.GzipFile(fileobj=raw)) if packed else raw
        with io.TextIOWrapper(stream, encoding="utf-8-sig") as text:
            yield text


def _object(raw: str, *, place: str) -> dict[str, Any]:
    try:
        found = json.loads(raw)
        if "\\ud" in raw.lower():  # an escaped half of a pair cannot be written again
            json.dumps(found, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError) as broken:
        raise _bad("record.json", f"{place}: {type(broken).__name__}") from broken
    if not isinstance(found, dict):
        raise _bad("record.object", f"{place}: {type(found).__name__}")
    return found


def _bad(code: str, received: str) -> InputError:
    return InputError(
        code, received=received, allowed="one JSON object a line", fix="Correct it and run again."
    )

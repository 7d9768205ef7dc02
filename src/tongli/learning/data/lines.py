"""JSON objects of a file, one a line, each with its place."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from tongli.core import InputError, StorageError


def read_objects(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Place (``train.jsonl:12``) and object of every line that is not blank, with bounded memory.

    Args:
        path: JSON lines in UTF-8, plain or gzip by the ending of its name.

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
    except (OSError, EOFError, UnicodeDecodeError) as broken:
        raise StorageError(
            "record.unreadable",
            received=f"{path.name}: {type(broken).__name__}",
            allowed="a readable UTF-8 JSONL file, plain or gzip",
            fix="Check the path.",
        ) from broken


def opened(path: Path) -> TextIO:
    """A UTF-8 text file, plain or gzip by its ending; raises ``OSError``."""
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


def _object(raw: str, *, place: str) -> dict[str, Any]:
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError) as broken:
        raise _bad("record.json", f"{place}: {type(broken).__name__}") from broken
    if not isinstance(found, dict):
        raise _bad("record.object", f"{place}: {type(found).__name__}")
    return found


def _bad(code: str, received: str) -> InputError:
    return InputError(
        code, received=received, allowed="one JSON object a line", fix="Correct it and run again."
    )

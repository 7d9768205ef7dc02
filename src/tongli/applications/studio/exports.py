"""What is kept, as JSON lines in a file that its owner alone may read."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO

from tongli.applications.jsonl import STANDARD
from tongli.applications.private_file import private_file


def write_lines(objects: Iterable[Mapping[str, Any]], *, to: str) -> int:
    """Write objects, one a line, to a new file or to standard output; how many there were.

    Raises:
        ConfigError: ``output.exists``.
        StorageError: ``storage.write``; others of what is written.
    """
    if to != STANDARD:
        with private_file(to) as file:
            return _write(objects, file)
    with os.fdopen(sys.stdout.fileno(), "wb", closefd=False) as file:
        return _write(objects, file)


def _write(objects: Iterable[Mapping[str, Any]], file: BinaryIO) -> int:
    return sum(bool(file.write(json.dumps(item).encode("ascii") + b"\n")) for item in objects)

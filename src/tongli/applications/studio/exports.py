"""What is kept, as JSON lines in a file that its owner alone may read."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping
from typing import Any

from tongli.applications.jsonl import STANDARD
from tongli.core import ConfigError, StorageError


def write_lines(objects: Iterable[Mapping[str, Any]], *, to: str) -> int:
    """Write objects, one a line, to a new file or to standard output; how many there were.

    Raises:
        ConfigError: ``output.exists``.
        StorageError: ``storage.write``; others of what is written.
    """
    if to == STANDARD:
        return _write(objects, sys.stdout.fileno(), close=False)
    try:
        return _write(objects, os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), close=True)
    except FileExistsError:
        raise ConfigError(
            "output.exists",
            received=f"{to}, which is there already",
            allowed="a new file",
            fix="Name another file, or remove this one.",
        ) from None
    except BrokenPipeError:
        raise
    except OSError as error:
        raise StorageError(
            "storage.write",
            received=f"{to}, which cannot be written ({os.strerror(error.errno or 0)})",
            allowed="a writable file in a folder of yours",
            fix="Check the folder, or name another file.",
        ) from error


def _write(objects: Iterable[Mapping[str, Any]], descriptor: int, *, close: bool) -> int:
    with os.fdopen(descriptor, "wb", closefd=close) as file:
        return sum(bool(file.write(json.dumps(item).encode("ascii") + b"\n")) for item in objects)

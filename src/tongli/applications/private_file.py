"""New files that their owner alone may read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from tongli.core import ConfigError, StorageError


@contextmanager
def private_file(path: str) -> Iterator[BinaryIO]:
    """A new file to write to; it must not exist.

    Raises:
        ConfigError: ``output.exists``.
        StorageError: ``storage.write``.
    """
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            yield file
    except FileExistsError:
        raise ConfigError(
            "output.exists",
            received=f"{path}, which is there already",
            allowed="a new file",
            fix="Name another file, or remove this one.",
        ) from None
    except OSError as error:
        raise StorageError(
            "storage.write",
            received=f"{path}, which cannot be written ({os.strerror(error.errno or 0)})",
            allowed="a writable file in a folder of yours",
            fix="Check the folder, or name another file.",
        ) from error

"""Where results may be written."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tongli.core import ConfigError


def require_free(target: Path, *, inputs: Iterable[Path] = (), overwrite: bool) -> None:
    """Refuse to write over an input, or over a file that holds something unless told to.

    Raises:
        ConfigError: ``output.same-file``, ``output.exists``, or ``output.directory`` for a device or a
            pipe, in whose place no file is put.
    """
    if target.exists() and not (target.is_file() or target.is_dir()):
        raise ConfigError(
            "output.directory",
            received=f"{target.name}, a device or a pipe",
            allowed="a file, there or not",
            fix="Name a file in a folder.",
        )
    if target.absolute() in {path.absolute() for path in inputs}:
        raise ConfigError(
            "output.same-file",
            received=f"{target.name} as input and output",
            allowed="another file than the inputs",
            fix="Name another output file.",
        )
    if not overwrite and target.exists() and target.stat().st_size:
        raise ConfigError(
            "output.exists",
            received=f"{target.name}, which is there and not empty",
            allowed="a new file",
            fix="Add --overwrite, or name another file.",
        )

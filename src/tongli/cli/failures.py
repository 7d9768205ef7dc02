"""Errors in words, on standard error."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from pathlib import Path

from tongli.cli.terminal import dump, stderr_console
from tongli.core import StorageError, TongliError, shorten

_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}
"""Failures that Python reports without the name of a file."""


def report(error: Exception, *, as_json: bool) -> int:
    """Tell what went wrong, what would have been right and what to do; returns the exit status.

    Args:
        error: a :class:`~tongli.core.TongliError`, or anything unforeseen.
        as_json: one JSON object instead of three lines.
    """
    if os.environ.get("TONGLI_DEBUG", "") not in {"", "0"}:
        traceback.print_exception(error)
    if isinstance(error, OSError) and (error.filename is not None or error.errno in _DISK):
        error = _storage(error)
    known = isinstance(error, TongliError)
    data = error.to_dict() if isinstance(error, TongliError) else _unforeseen(error)
    if as_json:
        dump({"error": data}, to=sys.stderr)
    else:
        _show(data)
    return error.exit_status if known and isinstance(error, TongliError) else 1


def _storage(error: OSError) -> StorageError:
    name = "" if error.filename is None else f" at {Path(os.fsdecode(error.filename)).name}"
    return StorageError(
        "storage.failed",
        received=f"{type(error).__name__}{name}: {error.strerror}",
        allowed="files that can be read, and folders that can be written, with free space",
        fix="Check the path, its permissions and the disk, then run the same command again.",
    )


def _unforeseen(error: Exception) -> dict[str, str]:
    return {
        "code": "internal",
        "received": f"an unforeseen {type(error).__name__}: {shorten(str(error), limit=200)}",
        "allowed": "this should not happen",
        "fix": "Run again with TONGLI_DEBUG=1 for the traceback, and please report it.",
    }


def _show(data: dict[str, str]) -> None:
    from rich.text import Text

    console = stderr_console()
    console.print(Text.assemble((f"error[{data['code']}]: ", "bold red"), data["received"]), soft_wrap=True)
    for name in ("allowed", "fix"):
        console.print(Text.assemble((f"  {name + ':':<9}", "dim"), data[name]), soft_wrap=True)

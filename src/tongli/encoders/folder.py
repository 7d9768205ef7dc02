"""A prepared folder of the cache: written once, whole or not at all, and checked whenever it is used."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from tongli.encoders.locked import locked
from tongli.encoders.manifest import file_sha256

State = Literal["ready", "missing", "damaged"]
_MANIFEST = "manifest.json"


def prepared_folder(folder: Path, write: Callable[[Path], None]) -> Path:
    """The folder, filled by ``write`` when it is missing or damaged.

    Safe when several processes start together, and when one is killed while it writes.

    Args:
        folder: where it is to be.
        write: fills an empty folder with plain files.

    Raises:
        StorageError: ``storage.cache`` when the cache cannot be written.
    """
    if folder_state(folder) == "ready":
        return folder
    with locked(folder):
        if folder_state(folder) != "ready":  # another process may have made it while this one waited
            _replace(folder, write)
    return folder


def folder_state(folder: Path) -> State:
    """Whether every file is as it was written."""
    if not folder.is_dir():
        return "missing"
    try:
        files: dict[str, str] = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))["files"]
        whole = all(file_sha256(folder / name) == digest for name, digest in files.items())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        whole = False
    return "ready" if whole else "damaged"


def _replace(folder: Path, write: Callable[[Path], None]) -> None:
    scratch = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(scratch, ignore_errors=True)  # left by a killed process; the lock is ours
    scratch.mkdir()
    try:
        write(scratch)
        files = {path.name: file_sha256(path) for path in sorted(scratch.iterdir())}
        (scratch / _MANIFEST).write_text(json.dumps({"files": files}, indent=1), encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        scratch.replace(folder)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)

"""Arrays in files."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import save_file


def save_tensors(
    tensors: Mapping[str, NDArray[Any]], path: Path, *, metadata: dict[str, str] | None = None
) -> None:
    """Write a safetensors file.

    Raises:
        OSError: it cannot be written; safetensors has an error of its own for that.
    """
    try:
        save_file(dict(tensors), path, metadata=metadata)
    except SafetensorError as broken:
        raise OSError(errno.EIO, str(broken), str(path)) from broken

"""Reading arrays out of a CTranslate2 model file, without CTranslate2.

The runtime hands out the last layer only; for a voice's mood the middle ones say more.

References:
    CTranslate2's ``model_spec.py``: version, name of the specification, revision, then for each variable its
    name, shape, type and bytes, little-endian.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from tongli.core import FloatArray, ModelError

_TYPES: dict[int, Any] = {0: np.float32, 1: np.int8, 2: np.int16, 3: np.int32, 4: np.float16}
_VERSION = 6


def read_arrays(path: Path, *, prefix: str) -> dict[str, FloatArray]:
    """Arrays whose names start with ``prefix``, by the rest of their names, as float32.

    Raises:
        ModelError: ``model.speech`` for a file of another form.
    """
    try:
        with path.open("rb") as file:
            return {
                name.removeprefix(prefix): array.astype(np.float32)
                for name, array in _variables(file, prefix=prefix)
            }
    except (OSError, ValueError, KeyError, struct.error, UnicodeDecodeError) as broken:
        raise ModelError(
            "model.speech",
            received=f"{path.name}: {type(broken).__name__}",
            allowed=f"a CTranslate2 model file of version {_VERSION}",
            fix="Pull the model again: tongli models pull.",
        ) from broken


def _variables(file: BinaryIO, *, prefix: str) -> Iterator[tuple[str, NDArray[Any]]]:
    if (version := _number(file, "I")) != _VERSION:
        raise ValueError(version)
    _name(file)
    _number(file, "I")
    for _ in range(_number(file, "I")):
        name = _name(file)
        shape = [_number(file, "I") for _ in range(_number(file, "B"))]
        kind, size = _TYPES[_number(file, "B")], _number(file, "I")
        if name.startswith(prefix):
            yield name, np.frombuffer(file.read(size), kind).reshape(shape)
        else:
            file.seek(size, 1)


def _number(file: BinaryIO, form: str) -> int:
    (value,) = struct.unpack(f"<{form}", file.read(struct.calcsize(f"<{form}")))
    return int(value)


def _name(file: BinaryIO) -> str:
    return file.read(_number(file, "H")).rstrip(b"\0").decode()

"""Arrays out of CTranslate2's model files."""

from __future__ import annotations

import struct

import numpy as np
import pytest

from tongli.core import ModelError
from tongli.encoders.audio.ct2_file import read_arrays

KINDS = {"float32": 0, "int8": 1, "float16": 4}


def name(text):
    return struct.pack("<H", len(text) + 1) + text.encode() + b"\0"


def written(path, arrays, *, version=6):
    parts = [struct.pack("<I", version), name("WhisperSpec"), struct.pack("<II", 3, len(arrays))]
    for key, array in arrays.items():
        shape = struct.pack(f"<B{array.ndim}I", array.ndim, *array.shape)
        parts += [
            name(key),
            shape,
            struct.pack("<BI", KINDS[array.dtype.name], array.nbytes),
            array.tobytes(),
        ]
    path.write_bytes(b"".join(parts))
    return path


def test_arrays_of_a_prefix_are_read(tmp_path):
    weight = np.arange(6, dtype=np.float16).reshape(2, 3)
    path = written(tmp_path / "model.bin", {"decoder/x": np.ones(4, np.float32), "encoder/w": weight})
    found = read_arrays(path, prefix="encoder/")
    assert list(found) == ["w"]
    assert found["w"].dtype == np.float32
    np.testing.assert_array_equal(found["w"], weight)


@pytest.mark.parametrize("damage", ["version", "cut", "text", "missing"])
def test_damaged_files_are_refused(tmp_path, damage):
    path = written(
        tmp_path / "model.bin", {"encoder/w": np.ones(8, np.float32)}, version=6 + (damage == "version")
    )
    if damage == "cut":
        path.write_bytes(path.read_bytes()[:-9])
    if damage == "text":
        path.write_text("no model at all")
    if damage == "missing":
        path.unlink()
    with pytest.raises(ModelError) as error:
        read_arrays(path, prefix="encoder/")
    assert error.value.code == "model.speech"

"""A prepared folder: whole or absent, checked, made once."""

from __future__ import annotations

import pytest

from tongli.encoders.folder import folder_state, prepared_folder


def test_a_folder_is_written_once(tmp_path):
    made = []

    def write(folder):
        made.append(folder)
        (folder / "a.bin").write_bytes(b"abc")

    folder = tmp_path / "models" / "x"
    assert folder_state(folder) == "missing"
    assert prepared_folder(folder, write) == folder
    prepared_folder(folder, write)
    assert len(made) == 1
    assert folder_state(folder) == "ready"
    assert {path.name for path in folder.iterdir()} == {"a.bin", "manifest.json"}


@pytest.mark.parametrize("damage", ["a.bin", "manifest.json"])
def test_a_damaged_folder_is_written_again(tmp_path, damage):
    folder = prepared_folder(tmp_path / "x", lambda at: (at / "a.bin").write_bytes(b"abc") and None)
    (folder / damage).write_bytes(b"[]")
    assert folder_state(folder) == "damaged"
    prepared_folder(folder, lambda at: (at / "a.bin").write_bytes(b"abc") and None)
    assert folder_state(folder) == "ready"


def test_a_failed_write_leaves_nothing(tmp_path):
    def fails(folder):
        (folder / "half").write_bytes(b"a")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        prepared_folder(tmp_path / "x", fails)
    assert not (tmp_path / "x").exists()
    assert not (tmp_path / "x.part").exists()

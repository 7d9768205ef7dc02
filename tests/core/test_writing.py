"""One way to say that a file cannot be written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tongli.core import StorageError
from tongli.core.writing import writing


def test_what_cannot_be_written_is_told_with_its_code(tmp_path: Path) -> None:
    target = tmp_path / "file"
    with pytest.raises(StorageError) as raised, writing("a.unwritable", target, allowed="room"):
        (target / "below a file that is missing").write_text("", encoding="utf-8")
    assert raised.value.code == "a.unwritable"
    assert raised.value.received == "'file': FileNotFoundError"
    assert raised.value.allowed == "room"


def test_errors_of_other_libraries_count_where_they_are_named(tmp_path: Path) -> None:
    with pytest.raises(StorageError), writing("a.unwritable", tmp_path, also=(RuntimeError,)):
        raise RuntimeError
    with pytest.raises(RuntimeError), writing("a.unwritable", tmp_path):
        raise RuntimeError


def test_what_can_be_written_is(tmp_path: Path) -> None:
    with writing("a.unwritable", tmp_path / "file"):
        (tmp_path / "file").write_text("whole", encoding="utf-8")
    assert (tmp_path / "file").read_text(encoding="utf-8") == "whole"

from __future__ import annotations

from pathlib import Path

import pytest

from tongli.core import InputError, StorageError
from tongli.encoders.media_file import require_file


def test_what_is_no_file(tmp_path):
    for path, code in ((tmp_path / "none.wav", "input.missing"), (tmp_path, "input.directory")):
        with pytest.raises(InputError, match="the path of a sound") as caught:
            require_file(path, kind="a sound")
        assert caught.value.code == code
        assert str(tmp_path.parent) not in str(caught.value)


def test_the_folder_one_is_in_is_called_a_folder():
    with pytest.raises(InputError) as caught:
        require_file(Path(), kind="a sound")
    assert (caught.value.code, caught.value.received) == ("input.directory", "a folder")


def test_a_file_that_may_not_be_read(tmp_path, monkeypatch):
    path = tmp_path / "a.wav"
    path.touch()
    require_file(path, kind="a sound")

    def denied(*_):
        raise PermissionError

    monkeypatch.setattr(type(path), "open", denied)
    with pytest.raises(StorageError) as caught:
        require_file(path, kind="a sound")
    assert caught.value.code == "input.unreadable"

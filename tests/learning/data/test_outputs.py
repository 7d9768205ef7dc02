"""Where results may be written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tongli.core import ConfigError
from tongli.learning.data.outputs import require_free


def refused(target: Path, *, overwrite: bool = False, inputs: tuple[Path, ...] = ()) -> str:
    with pytest.raises(ConfigError) as raised:
        require_free(target, inputs=inputs, overwrite=overwrite)
    return raised.value.code


def test_new_and_empty_files_are_free(tmp_path: Path) -> None:
    require_free(tmp_path / "new", overwrite=False)
    (tmp_path / "empty").touch()
    require_free(tmp_path / "empty", overwrite=False)


def test_inputs_and_files_that_hold_something_are_not(tmp_path: Path) -> None:
    path = tmp_path / "full"
    path.write_text("x", encoding="utf-8")
    assert refused(path) == "output.exists"
    assert refused(path, overwrite=True, inputs=(path,)) == "output.same-file"
    require_free(path, overwrite=True)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_no_file_is_put_in_the_place_of_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert refused(tmp_path / "pipe", overwrite=True) == "output.directory"

from __future__ import annotations

import json
import stat

import pytest

from tongli.applications.studio.exports import write_lines
from tongli.core import ConfigError, StorageError


def test_lines_of_json_for_the_owner_alone(tmp_path):
    path = tmp_path / "out.jsonl"
    items = [{"a": "同理"}, {"b": "\ud800"}]
    assert write_lines(iter(items), to=str(path)) == 2
    assert [json.loads(line) for line in path.read_text("ascii").splitlines()] == items
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_that_is_there_stays(tmp_path):
    path = tmp_path / "out.jsonl"
    path.write_text("mine")
    with pytest.raises(ConfigError, match=r"output\.exists"):
        write_lines([], to=str(path))
    assert path.read_text() == "mine"


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(StorageError, match=r"storage\.write"):
        write_lines([], to=str(tmp_path / "no" / "out.jsonl"))


def test_standard_output(capfd):
    assert write_lines([{"a": 1}], to="-") == 1
    assert capfd.readouterr().out == '{"a": 1}\n'

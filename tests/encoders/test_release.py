"""What release.json says is checked before anything it names is touched."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import ConfigError, ModelError
from tongli.encoders.release import Release, check_name, is_name, read_release, require_whole


def change(folder, **changes):
    """Rewrite release.json with a right hash: the work of somebody, not of chance."""
    data = json.loads((folder / "release.json").read_text())
    data.pop("sha256")
    Release(**{**data, **changes}).save(folder)


def code_of(folder):
    with pytest.raises((ModelError, ConfigError)) as caught:
        require_whole(folder, read_release(folder))
    return caught.value.code


def test_what_is_written_is_read(make_release):
    folder = make_release()
    release = read_release(folder)
    require_whole(folder, release)
    assert release.heads == ("ekman6", "sentiment")
    release.save(folder)
    assert read_release(folder) == release


def test_no_release(tmp_path):
    assert code_of(tmp_path) == "release.missing"


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "{}", '{"sha256": "0", "heads": 1, "languages": 2}'])
def test_a_damaged_release_is_a_coded_error(make_release, text):
    folder = make_release()
    (folder / "release.json").write_text(text)
    assert code_of(folder) == "release.damaged"


def test_a_changed_word_is_noticed(make_release):
    folder = make_release()
    path = folder / "release.json"
    path.write_text(path.read_text().replace("CC0-1.0", "CC0-2.0"))
    assert code_of(folder) == "release.damaged"


def test_another_format(make_release):
    folder = make_release()
    change(folder, format=99)
    assert code_of(folder) == "release.format"


@pytest.mark.parametrize("name", ["../evil.json", "/etc/passwd", "a/b.json", "x.pkl", "best.pt", ".x.json"])
def test_only_plain_files_that_run_no_code(make_release, name):
    folder = make_release()
    change(folder, files={name: "0" * 64})
    assert code_of(folder) == "release.file"


def test_a_release_must_have_a_usable_name(make_release):
    folder = make_release()
    change(folder, name="../up")
    assert code_of(folder) == "release.name"


@given(st.text(max_size=80))
def test_a_name_is_never_a_path_or_another_kind_of_model(name):
    if not is_name(name):
        with pytest.raises(ConfigError):
            check_name(name)
        return
    assert check_name(name) == name != "embedded"
    assert not set(name) & set("/\\.:~ ")


def test_reserved():
    assert not is_name("embedded")
    assert is_name("my-model_2")

from __future__ import annotations

import pytest

from tongli.core import ModelError, Settings
from tongli.encoders.image import prepared


@pytest.fixture
def settings(tmp_path, monkeypatch):
    monkeypatch.setattr("tongli.core.pinned.installed", lambda _: None)
    return Settings(cache=tmp_path, threads=1, offline=True)


@pytest.mark.parametrize("prepare", [prepared.detector_file, prepared.expression_file])
def test_offline_and_not_there(settings, prepare):
    with pytest.raises(ModelError) as caught:
        prepare(settings)
    assert caught.value.code == "model.offline"


def test_the_list_tells_what_is_missing(settings):
    found = prepared.face_models(settings)
    assert [(name, pinned.licence, state) for name, pinned, _, state in found] == [
        ("centerface", "MIT", "missing"),
        ("mini-xception", "MIT", "missing"),
    ]
    assert all(folder.parent == settings.cache / "models" for _, _, folder, _ in found)


@pytest.mark.models
def test_prepared_once():
    settings = Settings.from_env()
    files = prepared.detector_file(settings), prepared.expression_file(settings)
    before = [file.stat().st_mtime_ns for file in files]
    assert [state for *_, state in prepared.face_models(settings)] == ["ready", "ready"]
    again = prepared.detector_file(settings), prepared.expression_file(settings)
    assert [file.stat().st_mtime_ns for file in again] == before

"""Releases are checked, copied at once, swapped, rolled back, and read with."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace

import pytest

from tongli import Message, Tongli
from tongli.core import ConfigError, ModelError, Settings, StorageError
from tongli.encoders.installed import find_release, install, installed, remove, rollback
from tongli.encoders.store import verify


@pytest.fixture
def settings(tmp_path):
    return Settings(cache=tmp_path / "cache", threads=1, offline=True)


def scores(settings, **options):
    (reading,) = Tongli(settings=settings, **options).read_many([Message("what a lovely song", lang="en")])
    return reading.scores


def test_an_installed_model_reads_with_its_own_heads(make_release, settings):
    folder = make_release()
    found = install(folder, settings=settings)
    assert list(installed(settings)) == ["tiny"]
    assert sorted(path.name for path in found.folder.iterdir()) == sorted(
        path.name for path in folder.iterdir()
    )
    by_name = scores(settings, model="tiny")
    assert set(by_name) == {"ekman6", "sentiment"}
    assert by_name == scores(settings, model=str(folder))
    assert by_name == scores(replace(settings, model="tiny"))
    assert set(scores(settings, model="tiny", heads=["sentiment"])) == {"sentiment"}
    verify(settings, model="tiny")


def test_it_is_installed_under_another_name(make_release, settings):
    install(make_release(), settings=settings, name="other")
    assert list(installed(settings)) == ["other"]
    assert find_release("tiny", settings) is None


def test_the_version_before_is_kept_and_comes_back(make_release, settings):
    folders = [make_release(seed=seed) for seed in range(3)]
    expected = [scores(settings, model=str(folder)) for folder in folders]
    assert expected[0] != expected[1] != expected[2]
    for folder in folders:
        install(folder, settings=settings)
    home = settings.cache / "installed" / "tiny"
    assert len([path for path in home.iterdir() if path.is_dir()]) == 2
    assert scores(settings, model="tiny") == expected[2]
    rollback("tiny", settings)
    assert scores(settings, model="tiny") == expected[1]
    rollback("tiny", settings)
    assert scores(settings, model="tiny") == expected[2]
    install(folders[1], settings=settings)  # the previous one again: the two change places
    assert scores(settings, model="tiny") == expected[1]
    rollback("tiny", settings)
    assert scores(settings, model="tiny") == expected[2]


def test_rolling_back_to_a_damaged_version_changes_nothing(make_release, settings):
    first = install(make_release(seed=0), settings=settings)
    second = install(make_release(seed=1), settings=settings)
    (first.folder / "ekman6.json").write_text("{}")
    with pytest.raises(ModelError) as caught:
        rollback("tiny", settings)
    assert caught.value.code == "release.damaged"
    assert find_release("tiny", settings).folder == second.folder


def test_one_version_has_none_before(make_release, settings):
    folder = make_release()
    install(folder, settings=settings)
    install(folder, settings=settings)
    with pytest.raises(ModelError) as caught:
        rollback("tiny", settings)
    assert caught.value.code == "model.no-previous"


def test_removed_means_gone(make_release, settings):
    install(make_release(), settings=settings)
    remove("tiny", settings)
    assert installed(settings) == {}
    assert not (settings.cache / "installed" / "tiny").exists()
    for function in (remove, rollback):
        with pytest.raises(ConfigError) as caught:
            function("tiny", settings)
        assert caught.value.code == "model.not-installed"


@pytest.mark.parametrize("name", ["trunk.onnx", "ekman6.safetensors", "manifest.json", "sentiment.json"])
def test_a_changed_or_missing_file_is_not_installed(make_release, settings, name):
    install(make_release(seed=1), settings=settings)
    before = find_release("tiny", settings)
    folder = make_release(seed=2)
    (folder / name).write_bytes((folder / name).read_bytes()[:-3] + b"abc")
    for _ in range(2):
        with pytest.raises(ModelError) as caught:
            install(folder, settings=settings)
        assert caught.value.code == "release.damaged"
        assert name in caught.value.received
        (folder / name).unlink(missing_ok=True)
    assert find_release("tiny", settings) == before
    assert not list((settings.cache / "installed").rglob("*.part"))


@pytest.mark.parametrize("name", ["trunk.onnx", "ekman6.safetensors"])
def test_an_installed_file_that_changes_is_found_when_read_and_repaired(make_release, settings, name):
    folder = make_release()
    path = install(folder, settings=settings).folder / name
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    with pytest.raises(ModelError) as caught:
        scores(settings, model="tiny")
    assert caught.value.code == "release.damaged"
    install(folder, settings=settings)
    assert scores(settings, model="tiny")


def test_damaged_versions_are_a_coded_error_until_installed_again(make_release, settings):
    folder = make_release()
    install(folder, settings=settings)
    versions = settings.cache / "installed" / "tiny" / "versions.json"
    for text in ('{"current"', '{"current": "../../x"}', '{"current": 3}'):
        versions.write_text(text)
        with pytest.raises(ModelError) as caught:
            find_release("tiny", settings)
        assert caught.value.code == "release.damaged"
    install(folder, settings=settings)
    assert find_release("tiny", settings) is not None


def test_an_install_that_is_killed_leaves_the_version_before(make_release, settings):
    first = make_release(seed=0)
    install(first, settings=settings)
    before = scores(settings, model="tiny")
    second = make_release(seed=1)
    script = (
        "import shutil, sys, time\n"
        "from pathlib import Path\n"
        "from tongli.core import Settings\n"
        "from tongli.encoders.installed import install\n"
        "original = shutil.copyfile\n"
        "def slow(source, target):\n"
        "    original(source, target)\n"
        "    print('copying', flush=True); time.sleep(60)\n"
        "shutil.copyfile = slow\n"
        "install(Path(sys.argv[1]), settings=Settings(cache=Path(sys.argv[2]), threads=1))\n"
    )
    command = [sys.executable, "-c", script, str(second), str(settings.cache)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline().strip() == b"copying"
        os.kill(process.pid, signal.SIGKILL)
    assert list((settings.cache / "installed").rglob("*.part"))
    assert scores(settings, model="tiny") == before
    install(second, settings=settings)
    assert scores(settings, model="tiny") != before
    assert not list((settings.cache / "installed").rglob("*.part"))


def test_heads_of_another_encoder_are_refused(make_release, settings, tmp_path):
    from tongli.testing import tiny_heads

    install(make_release(), settings=settings)
    heads = tiny_heads(tmp_path / "heads", encoder="another", width=96)
    with pytest.raises(ModelError) as caught:
        scores(replace(settings, heads=heads), model="tiny")
    assert caught.value.code == "heads.encoder"


def test_a_cache_that_cannot_be_written_is_a_coded_error(make_release, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    with pytest.raises(StorageError) as caught:
        install(make_release(), settings=Settings(cache=blocked / "cache", threads=1, offline=True))
    assert caught.value.code == "storage.cache"


def test_a_name_that_is_installed_nowhere_is_a_coded_error(settings):
    with pytest.raises(ConfigError) as caught:
        scores(settings, model="never-installed")
    assert caught.value.code == "model.name"


def test_a_folder_is_told_from_a_name(make_release, settings, monkeypatch, tmp_path):
    """./tiny is the folder, tiny the installed model, even where both are."""
    install(make_release(seed=0), settings=settings)
    make_release(seed=1).rename(tmp_path / "tiny")
    monkeypatch.chdir(tmp_path)
    assert find_release("tiny", settings).folder.is_relative_to(settings.cache)
    assert not find_release("./tiny", settings).folder.is_relative_to(settings.cache)


def test_versions_name_folders_beside_them(make_release, settings):
    found = install(make_release(), settings=settings)
    pointed = json.loads((found.folder.parent / "versions.json").read_text())
    assert pointed == {"current": found.release.digest[:16], "previous": None}

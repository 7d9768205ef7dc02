"""Built once, atomically; damaged files are found and rebuilt; processes may race or die."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from tongli.core import ConfigError, ModelError, Settings, StorageError
from tongli.encoders.store import list_models, prepare, verify
from tongli.testing import tiny_checkpoint


@pytest.fixture
def settings(tmp_path):
    return Settings(cache=tmp_path / "cache", threads=1, offline=True)


def test_prepared_once_then_reused(tiny_model, settings):
    first = prepare(str(tiny_model), settings)
    stamp = (first.folder / "trunk.onnx").stat().st_mtime_ns
    again = prepare(str(tiny_model), settings)
    assert again == first
    assert (again.folder / "trunk.onnx").stat().st_mtime_ns == stamp
    verify(settings, model=str(tiny_model))


@pytest.mark.parametrize(
    "name", ["trunk.onnx", "tuned.onnx", "sentence.onnx", "tokenizer.json", "manifest.json"]
)
def test_a_damaged_file_is_found_and_rebuilt(tiny_model, settings, name):
    folder = prepare(str(tiny_model), settings).folder
    path = folder / name
    path.write_bytes(path.read_bytes()[:-7] + b"garbage")
    with pytest.raises(ModelError) as caught:
        verify(settings, model=str(tiny_model))
    assert caught.value.code == "model.damaged"
    prepare(str(tiny_model), settings)
    verify(settings, model=str(tiny_model))


def test_a_changed_checkpoint_is_another_model(tmp_path, settings):
    one = prepare(str(tiny_checkpoint(tmp_path / "a", seed=1)), settings)
    two = prepare(str(tiny_checkpoint(tmp_path / "a", seed=2)), settings)
    assert one.manifest.encoder != two.manifest.encoder


@pytest.mark.parametrize(
    ("kind", "prefix"), [("roberta", "roberta."), ("xlm-roberta", ""), ("camembert", "")]
)
def test_other_members_of_the_family_load(tmp_path, settings, kind, prefix):
    folder = tiny_checkpoint(tmp_path / kind, kind=kind, prefix=prefix)
    assert prepare(str(folder), settings).manifest.max_tokens == 64


def test_two_processes_build_one_model(tiny_model, settings):
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from tongli.core import Settings\n"
        "from tongli.encoders.store import prepare\n"
        "print(prepare(sys.argv[1], Settings(cache=Path(sys.argv[2]), threads=1, offline=True)).folder)\n"
    )
    command = [sys.executable, "-c", script, str(tiny_model), str(settings.cache)]
    racing = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    folders = {process.communicate(timeout=120)[0] for process in racing}
    assert [process.returncode for process in racing] == [0, 0]
    assert len(folders) == 1
    verify(settings, model=str(tiny_model))
    assert not list((settings.cache / "models").glob("*.part"))


def test_a_killed_build_leaves_nothing_that_is_taken_for_whole(tiny_model, settings):
    script = (
        "import sys, time, tongli.encoders.build as build\n"
        "from pathlib import Path\n"
        "from tongli.core import Settings\n"
        "from tongli.encoders.store import prepare\n"
        "original = build.build\n"
        "def slow(*a, **k):\n"
        "    print('building', flush=True); time.sleep(60)\n"
        "build.build = slow\n"
        "prepare(sys.argv[1], Settings(cache=Path(sys.argv[2]), threads=1, offline=True))\n"
    )
    command = [sys.executable, "-c", script, str(tiny_model), str(settings.cache)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline().strip() == b"building"
        os.kill(process.pid, signal.SIGKILL)
    assert list((settings.cache / "models").glob("*.part"))
    start = time.monotonic()
    prepare(str(tiny_model), settings)
    assert time.monotonic() - start < 30
    verify(settings, model=str(tiny_model))
    assert not list((settings.cache / "models").glob("*.part"))


def test_offline_without_the_package_says_what_to_do(settings, monkeypatch):
    monkeypatch.setattr("tongli.core.pinned.installed", lambda pinned: None)
    with pytest.raises(ModelError) as caught:
        prepare("embedded", settings)
    assert caught.value.code == "model.offline"
    assert list_models(settings)[0].state == "missing"


def test_a_wrong_name_is_a_coded_error(settings):
    with pytest.raises(ConfigError) as caught:
        prepare("no-such-folder", settings)
    assert caught.value.code == "model.name"


def test_hub_names_that_are_not_cached_fail_offline(settings, monkeypatch, tmp_path):
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    with pytest.raises(ModelError) as caught:
        prepare("hf:nobody/nothing-here", settings)
    assert caught.value.code == "model.hub"


def test_hub_names_load_from_the_hub_cache(tiny_model, settings, monkeypatch):
    monkeypatch.setattr("huggingface_hub.snapshot_download", lambda name, **_: str(tiny_model))
    prepared = prepare("hf:somebody/tiny", settings)
    assert prepared.manifest.encoder.startswith("somebody--tiny@")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"model_type": "gpt2"}, "model.architecture"),
        ({"position_embedding_type": "relative_key"}, "model.architecture"),
        ({"num_attention_heads": "four"}, "model.config"),
        ({"num_hidden_layers": 9}, "model.tensor"),
    ],
)
def test_an_unfit_checkpoint_is_a_coded_error(tmp_path, settings, change, code):
    folder = tiny_checkpoint(tmp_path / "unfit")
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps({**config, **change}))
    with pytest.raises(ModelError) as caught:
        prepare(str(folder), settings)
    assert caught.value.code == code


@pytest.mark.parametrize("name", ["config.json", "model.safetensors", "tokenizer.json"])
def test_a_missing_file_is_a_coded_error(tmp_path, settings, name):
    folder = tiny_checkpoint(tmp_path / "part")
    (folder / name).unlink()
    with pytest.raises(ModelError) as caught:
        prepare(str(folder), settings)
    assert caught.value.code == "model.files"


def test_a_cache_that_cannot_be_written_is_a_coded_error(tiny_model, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    with pytest.raises(StorageError) as caught:
        prepare(str(tiny_model), Settings(cache=blocked / "cache", threads=1, offline=True))
    assert caught.value.code == "storage.cache"

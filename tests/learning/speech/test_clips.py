"""Manifests of clips."""

from __future__ import annotations

import gzip
import json

import pytest

from tongli.core import ConfigError
from tongli.knowledge.speech_labels import SPEECH_LABELS, speech_label
from tongli.learning.speech.clips import labelled, read_clips

ROW = {"id": "a", "path": "audio/a.wav", "speaker": "1", "emotion": "anger", "split": "train"}


def manifest(tmp_path, *rows, name="manifest.jsonl"):
    path = tmp_path / name
    text = "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows)
    path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
    return path


@pytest.mark.parametrize("name", ["manifest.jsonl", "manifest.jsonl.gz"])
def test_clips_are_read_with_what_they_lack(tmp_path, name):
    other = {**ROW, "id": "b", "split": "dev", "licence": "MIT", "source": "mine", "lang": "pl"}
    first, second = read_clips(manifest(tmp_path, ROW, "", other, name=name), licence="CC0-1.0")
    assert first.path == tmp_path / "audio/a.wav"
    assert (first.licence, first.source, first.lang) == ("CC0-1.0", tmp_path.name, "und")
    assert (second.licence, second.source, second.lang) == ("MIT", "mine", "pl")


def test_splits(tmp_path):
    path = manifest(tmp_path, ROW, {**ROW, "id": "b", "split": "dev"})
    assert [clip.id for clip in read_clips(path, splits=["dev"])] == ["b"]
    with pytest.raises(ConfigError) as error:
        read_clips(path, splits=["test"])
    assert error.value.code == "speech.empty"


@pytest.mark.parametrize("line", ["{", "[]", '{"path": "a.wav", "speaker": "1"}'])
def test_bad_lines_are_named(tmp_path, line):
    with pytest.raises(ConfigError) as error:
        read_clips(manifest(tmp_path, ROW, line))
    assert error.value.code == "speech.manifest"
    assert "line 2" in str(error.value)


def test_labels_that_the_channel_does_not_tell_are_left_out(tmp_path):
    clips = read_clips(
        manifest(tmp_path, ROW, {**ROW, "emotion": "boredom"}, {**ROW, "emotion": "Happiness"})
    )
    assert [label for _, label in labelled(clips)] == ["angry", "happy"]


def test_every_label_means_itself():
    assert all(speech_label(label) == label for label in SPEECH_LABELS)
    assert speech_label("wistful") is None

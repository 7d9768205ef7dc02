"""Training from files to weights, with a made-up encoder."""

from __future__ import annotations

import json
import wave
from types import SimpleNamespace

import numpy as np
import pytest

from tongli.core import ConfigError
from tongli.emotion.speech.head import load_head
from tongli.learning.speech.clips import read_clips
from tongli.learning.speech.run import Job, train

pytest.importorskip("av")

HERTZ = {"anger": 400, "sadness": 100, "boredom": 200}


class Encoder:
    """Hears how many times the sound crosses zero, and forgets the clip's number."""

    id = "made-up"
    heard = 0

    def encode(self, waveform):
        self.heard += 1
        samples = waveform.samples
        if not samples.any():
            return SimpleNamespace(features=None)
        crossings = np.abs(np.diff(np.sign(samples))).mean() * 10
        rng = np.random.default_rng(self.heard)
        return SimpleNamespace(features=(crossings + 0.05 * rng.normal(size=1538)).astype(np.float32))


def sound(path, hertz):
    samples = np.sin(2 * np.pi * hertz * np.arange(8000) / 16_000) * 12_000
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(samples.astype("<i2").tobytes())


@pytest.fixture
def manifest(tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    rows = []
    for number in range(36):
        emotion = list(HERTZ)[number % 3]
        sound(folder / f"{number}.wav", HERTZ[emotion] + number)
        rows.append(
            {"id": number, "path": f"{number}.wav", "speaker": number % 4, "emotion": emotion, "lang": "de"}
        )
    sound(folder / "silent.wav", 0)
    rows.append({"id": "s", "path": "silent.wav", "speaker": 0, "emotion": "anger", "lang": "de"})
    path = folder / "manifest.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))
    return path


def trained(manifest, tmp_path, **changed):
    licence = changed.pop("licence", "CC0-1.0")
    clips = read_clips(manifest, licence=licence)
    job = Job(cache=tmp_path / "cache", **{"copies": 1, **changed})
    encoder = Encoder()
    head = train(clips, tests=[clips], job=job, encoder=encoder, tell=lambda what, done: None)
    return head, encoder


def test_clips_to_a_head(manifest, tmp_path):
    head, encoder = trained(manifest, tmp_path)
    card = head.card
    assert card.labels == ("angry", "sad")
    assert [(source.name, source.licence, source.examples) for source in card.data] == [
        ("mine", "CC0-1.0", 24)
    ]
    assert (card.languages, card.encoder, card.releasable) == (("de",), "made-up", True)
    assert card.metrics["speakers"] == 4
    assert card.metrics["speakers_left_out_plain"]["uar"] > 0.9
    assert card.metrics["other_sets"]["mine"]["clips"] == 24
    assert "boredom" not in json.dumps(card.notes)
    assert "calm" in card.notes[1]
    head.save(tmp_path / "out")
    assert load_head(tmp_path / "out").card.labels == card.labels
    assert encoder.heard == 25 * 2 + 25


def test_features_are_computed_once(manifest, tmp_path):
    first, _ = trained(manifest, tmp_path)
    again, encoder = trained(manifest, tmp_path)
    assert encoder.heard == 0
    np.testing.assert_array_equal(first.plain.weight, again.plain.weight)


def test_licences(manifest, tmp_path):
    with pytest.raises(ConfigError) as error:
        trained(manifest, tmp_path, licence="CC-BY-NC-4.0")
    assert error.value.code == "licence.not-free"
    head, _ = trained(manifest, tmp_path, licence="CC-BY-NC-4.0", research_only=True)
    assert not head.card.releasable


def test_too_few_labels(manifest, tmp_path):
    rows = [line for line in manifest.read_text().splitlines() if "sadness" not in line]
    manifest.write_text("\n".join(rows))
    with pytest.raises(ConfigError) as error:
        trained(manifest, tmp_path)
    assert error.value.code == "speech.labels"

"""The embedded models, on sounds and pictures made here."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("av")
pytest.importorskip("faster_whisper")

from tongli.channels.embedded import EmbeddedReaders
from tongli.core import InputError, Settings

pytestmark = pytest.mark.models


@pytest.fixture(scope="module")
def readers() -> EmbeddedReaders:
    return EmbeddedReaders(Settings.from_env())


@pytest.fixture
def noise(tmp_path: Path) -> Path:
    path = tmp_path / "noise.wav"
    samples = np.random.default_rng(0).normal(0, 300, 32_000).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(samples.tobytes())
    return path


def test_noise_is_no_voice_and_says_nothing(readers: EmbeddedReaders, noise: Path) -> None:
    voice = readers.voice(noise)
    assert (voice.channel, voice.abstained, dict(voice.scores)) == ("speech", True, {})
    heard = readers.hear(noise, lang="en")
    assert (heard.text, heard.segments) == ("", ())


def test_a_language_that_the_model_does_not_know_is_no_error(readers: EmbeddedReaders, noise: Path) -> None:
    assert readers.hear(noise, lang="zu").segments == ()


def test_a_picture_is_read_for_faces_and_scene(readers: EmbeddedReaders, tmp_path: Path) -> None:
    image = pytest.importorskip("PIL.Image")
    image.new("RGB", (64, 64), "white").save(tmp_path / "white.png")
    face, scene = readers.picture(tmp_path / "white.png")
    assert (face.channel, face.reason, scene.channel) == ("face", "no face was found", "scene")


def test_a_text_is_no_sound(readers: EmbeddedReaders, tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_text("no sound at all")
    with pytest.raises(InputError) as caught:
        readers.voice(tmp_path / "a.wav")
    assert caught.value.code == "audio.format"

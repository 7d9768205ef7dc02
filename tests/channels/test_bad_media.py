"""Whatever a file is: words and feelings are not made up, and errors have codes."""

from __future__ import annotations

import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("av")
pytest.importorskip("faster_whisper")

import av

from tongli.channels.embedded import EmbeddedReaders
from tongli.core import InputError, Settings

pytestmark = pytest.mark.models
RATE = 16_000


@pytest.fixture(scope="module")
def readers() -> EmbeddedReaders:
    return EmbeddedReaders(Settings.from_env())


def wav(path: Path, *, seconds: float, channels: int = 1, width: int = 2) -> None:
    """Noise."""
    count = round(seconds * RATE) * channels
    noise = np.random.default_rng(0).normal(0, 0.01, count)
    data = (noise * 127 + 128).astype("u1") if width == 1 else (noise * 32_767).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setparams((channels, width, RATE, 0, "NONE", ""))
        file.writeframes(data.tobytes())


def chords(path: Path) -> None:
    """Music without a voice: three notes at a time, struck and dying away."""
    at = np.arange(RATE) / RATE
    bars = [
        sum(np.sin(2 * np.pi * root * ratio * at) for ratio in (1, 1.25, 1.5)) * np.exp(-3 * at)
        for root in (220, 247, 196, 262)
    ]
    samples = (np.concatenate(bars) * 8000).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(samples.tobytes())


def truncated(path: Path) -> None:
    wav(path, seconds=2)
    path.write_bytes(path.read_bytes()[:9000])


def encrypted(path: Path) -> None:
    """The head of an MP4, then bytes that say nothing."""
    noise = np.random.default_rng(1).integers(0, 256, 50_000, np.uint8).tobytes()
    path.write_bytes(b"\0\0\0\x18ftypM4A \0\0\0\0M4A mp42" + noise)


def silent_film(path: Path) -> None:
    with av.open(str(path), "w", format="mp4") as file:
        stream = file.add_stream("mpeg4", rate=5)
        stream.width = stream.height = 64
        stream.pix_fmt = "yuv420p"
        for _ in range(5):
            frame = av.VideoFrame.from_ndarray(np.full((64, 64, 3), 128, np.uint8))
            file.mux(stream.encode(frame))
        file.mux(stream.encode())


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("empty.wav", lambda path: wav(path, seconds=0)),
        ("sample.wav", lambda path: wav(path, seconds=1 / RATE)),
        ("8-bit.wav", lambda path: wav(path, seconds=2, width=1)),
        ("6-channel.wav", lambda path: wav(path, seconds=2, channels=6)),
        ("truncated.wav", truncated),
        ("wav.mp3", lambda path: wav(path, seconds=2)),
        ("music.wav", chords),
    ],
)
def test_nobody_speaks(
    readers: EmbeddedReaders, tmp_path: Path, name: str, write: Callable[[Path], None]
) -> None:
    write(tmp_path / name)
    voice = readers.voice(tmp_path / name)
    assert (voice.label, dict(voice.scores)) == (None, {})
    assert readers.hear(tmp_path / name, lang=None).segments == ()


@pytest.mark.parametrize(
    ("name", "write", "code"),
    [
        ("nothing.wav", lambda path: path.write_bytes(b""), "audio.format"),
        ("encrypted.m4a", encrypted, "audio.format"),
        ("silent.mp4", silent_film, "audio.none"),
    ],
)
def test_what_has_no_sound_is_told(
    readers: EmbeddedReaders, tmp_path: Path, name: str, write: Callable[[Path], None], code: str
) -> None:
    write(tmp_path / name)
    for read in (readers.voice, lambda path: readers.hear(path, lang=None)):
        with pytest.raises(InputError) as caught:
            read(tmp_path / name)
        assert caught.value.code == code


def test_a_film_without_sound_or_faces(readers: EmbeddedReaders, tmp_path: Path) -> None:
    silent_film(tmp_path / "a.mp4")
    readings = readers.film(tmp_path / "a.mp4")
    assert all(reading.abstained for reading in readings)
    assert "no face was found" in {reading.reason for reading in readings}

from __future__ import annotations

import json
import shutil
import subprocess
import wave
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("faster_whisper")


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if shutil.which("espeak-ng") is None:
        pytest.skip("espeak-ng is not installed (Debian: espeak-ng)")
    path = tmp_path_factory.mktemp("espeak") / "talk.wav"
    text = "The bridge is closed until Monday morning."
    subprocess.run(["espeak-ng", "-v", "en-us", "-s", "140", "-w", str(path), text], check=True)
    return path


@pytest.fixture
def silence(tmp_path: Path) -> Path:
    path = tmp_path / "silence.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(bytes(96_000))
    return path


@pytest.mark.models
def test_words_as_subtitles_and_as_json(real: Any, spoken: Path, tmp_path: Path) -> None:
    out = tmp_path / "talk.srt"
    done = real("transcribe", spoken, "-o", out, "--json", "--words")
    assert done.returncode == 0
    told = json.loads(done.stdout)
    assert told["language"]["tag"] == "en"
    assert "monday" in told["text"].lower()
    assert told["words"][0]["start"] < told["words"][-1]["end"] < told["seconds"] + 0.1
    assert "-->" in out.read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["talk.srt"], "the journal is gone"
    words = tmp_path / "words.json"
    words.write_bytes(done.stdout)
    again = real("subtitle", words, "--lang", "en")
    assert again.stdout.decode() == out.read_text(encoding="utf-8")


@pytest.mark.models
def test_a_recording_becomes_subtitles(real: Any, spoken: Path) -> None:
    done = real("subtitle", spoken, "--lang", "en")
    assert done.returncode == 0
    assert b"-->" in done.stdout
    assert not Path(f"{spoken}.journal").exists()


@pytest.mark.models
def test_nobody_speaks(real: Any, silence: Path) -> None:
    done = real("transcribe", silence)
    assert (done.returncode, done.stdout) == (0, b"")
    assert b"nobody speaks" in done.stderr


def test_what_is_known_to_fail_fails_at_once(real: Any, silence: Path, tmp_path: Path) -> None:
    for arguments, code in (
        (("transcribe", tmp_path / "none.wav"), b"input.missing"),
        (("transcribe", silence, "-o", "a.exe"), b"subtitles.suffix"),
        (("subtitle", silence, "--mux", "a.avi"), b"subtitles.container"),
    ):
        done = real(*arguments)
        assert done.returncode == 2
        assert code in done.stderr


def test_only_videos_take_tracks(real: Any, tmp_path: Path) -> None:
    path = tmp_path / "a.srt"
    path.write_text("1\n00:00:01,000 --> 00:00:02,000\nHello.\n", encoding="utf-8")
    done = real("subtitle", path, "--mux", "a.mkv")
    assert done.returncode == 2
    assert b"error[subtitles.option]" in done.stderr

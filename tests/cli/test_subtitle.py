"""``tongli subtitle`` in real processes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

BAD = "1\n00:00:01,000 --> 00:00:01,400\n"
BAD += "This line goes on and on and does not know where it should have ended.\n"
GOOD = "1\n00:00:01,000 --> 00:00:03,000\n<i>Well,</i> yes.\n"
WORDS = [
    {
        "word": "Come",
        "start": 1.0,
        "end": 1.4,
        "speaker": "ANNA",
        "emotion": {"label": "glad", "confidence": 0.9},
    },
    {
        "word": "in!",
        "start": 1.4,
        "end": 2.0,
        "speaker": "ANNA",
        "emotion": {"label": "glad", "confidence": 0.9},
    },
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "bad.srt").write_text(BAD, "utf-8")
    (tmp_path / "good.srt").write_text(GOOD, "utf-8")
    (tmp_path / "old.srt").write_bytes("1\n00:00:01,000 --> 00:00:03,000\nÇa va.\n".encode("windows-1252"))
    (tmp_path / "words.json").write_text(json.dumps(WORDS), "utf-8")
    return tmp_path


def test_a_report_for_people(real: Any, folder: Path) -> None:
    done = real("subtitle", "bad.srt", "--check", "--lang", "en", cwd=folder)
    told = done.stdout.decode()
    assert done.returncode == 1
    assert "bad.srt:2: error cue 1: a line of 70 columns; at most 42 [subtitle.columns]\n" in told
    assert told.endswith("3 errors, 0 warnings in 1 cues; srt, English (en), 24 frames a second\n")


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["good.srt", "--check"], 0),
        (["bad.srt", "--check", "--format", "json"], 1),
        (["bad.srt", "--check", "--format", "sarif"], 1),
        (["bad.srt", "--check", "--fix", "--lang", "en"], 0),
        (["bad.srt"], 0),
        (["old.srt"], 2),
        (["old.srt", "--encoding", "cp1252"], 0),
        (["none.srt"], 2),
        (["good.srt", "--sdh"], 2),
        (["good.srt", "--check", "--out", "-"], 2),
        (["good.srt", "--out", "a.doc"], 2),
        (["good.srt", "--format", "xml"], 2),
        (["good.srt", "--fps", "1"], 2),
        (["good.srt", "--min-confidence", "2"], 2),
        (["good.srt", "--mux", "a.mkv"], 2),
        (["good.srt", "--video", "none.mp4", "--mux", "a.mkv"], 2),
    ],
)
def test_exit_status(real: Any, folder: Path, arguments: list[str], status: int) -> None:
    done = real("subtitle", *arguments, cwd=folder)
    assert done.returncode == status, done.stderr
    assert b"Traceback" not in done.stderr


def test_a_subtitle_file_goes_into_its_video(real: Any, folder: Path) -> None:
    av = pytest.importorskip("av")
    with av.open(str(folder / "film.mp4"), "w") as made:
        picture = made.add_stream("mpeg4", rate=10, width=64, height=48, pix_fmt="yuv420p")
        for _ in range(40):
            made.mux(picture.encode(av.VideoFrame(64, 48, "yuv420p")))
        made.mux(picture.encode(None))
    done = real("subtitle", "good.srt", "--video", "film.mp4", "--mux", "out.mkv", "--lang", "en", cwd=folder)
    assert (done.returncode, done.stdout) == (0, b"")
    with av.open(str(folder / "out.mkv")) as made:
        assert [stream.type for stream in made.streams] == ["video", "subtitle"]
        texts = [bytes(packet) for packet in made.demux(made.streams.subtitles[0]) if packet.size]
    assert texts == [b"<i>Well,</i> yes."]
    both = real("subtitle", "film.mp4", "--video", "film.mp4", "--mux", "a.mkv", cwd=folder)
    assert b"error[subtitles.option]: --video and a recording" in both.stderr


def test_converting_there_and_back(real: Any, folder: Path) -> None:
    for source, target in (
        ("good.srt", "a.vtt"),
        ("a.vtt", "b.ass"),
        ("b.ass", "c.ttml"),
        ("c.ttml", "d.srt"),
    ):
        done = real("subtitle", source, "-o", target, cwd=folder)
        assert (done.returncode, done.stderr) == (0, b"")
    assert (
        (folder / "a.vtt")
        .read_text("utf-8")
        .startswith("WEBVTT\n\n00:00:01.000 --> 00:00:03.000\n<i>Well,</i>")
    )
    assert (folder / "d.srt").read_text("utf-8") == GOOD


def test_fixing_keeps_the_words(real: Any, folder: Path) -> None:
    done = real("subtitle", "bad.srt", "--fix", "--lang", "en", cwd=folder)
    words = [line for line in done.stdout.decode().split("\n") if "-->" not in line and not line.isdigit()]
    assert " ".join(" ".join(words).split()) == BAD.split("\n")[2]


def test_words_become_subtitles_with_labels(real: Any, folder: Path) -> None:
    done = real("subtitle", "words.json", "--sdh", "--lang", "en", cwd=folder)
    assert done.stdout.decode() == "1\n00:00:01,000 --> 00:00:02,240\nANNA: [glad] Come in!\n"
    done = real("subtitle", "words.json", "--sdh", "--min-confidence", "0.95", "-o", "a.vtt", cwd=folder)
    assert "<v ANNA>ANNA: Come in!" in (folder / "a.vtt").read_text("utf-8")


def test_standard_input(real: Any, folder: Path) -> None:
    done = real("subtitle", "-", "--check", "--format", "json", stdin=GOOD.encode(), cwd=folder)
    assert json.loads(done.stdout) == {
        "path": "-",
        "format": "srt",
        "language": "en",
        "fps": 24.0,
        "cues": 1,
        "errors": 0,
        "warnings": 0,
        "findings": [],
    }

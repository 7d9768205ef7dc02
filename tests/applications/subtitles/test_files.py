"""Encodings, sizes, and what is no subtitle file."""

from __future__ import annotations

import codecs
import importlib
import sys

import pytest

from tongli.applications.subtitles import files
from tongli.applications.subtitles.cue import Cue, Track
from tongli.core import ConfigError, InputError, TongliError

SRT = "1\n00:00:01,000 --> 00:00:02,000\nÇa va, señor?\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (SRT.encode(), None),
        (SRT.encode("utf-8-sig"), None),
        (SRT.encode("utf-16"), None),
        (codecs.BOM_UTF16_BE + SRT.encode("utf-16-be"), None),
        (codecs.BOM_UTF32_LE + SRT.encode("utf-32-le"), None),
        (SRT.encode("windows-1252"), "windows-1252"),
        (SRT.encode(), "windows-1252"),
        (SRT.encode("utf-16-le"), "utf-16-le"),
    ],
)
def test_encodings(tmp_path, data, encoding):
    path = tmp_path / "a.srt"
    path.write_bytes(data)
    assert files.read(str(path), encoding=encoding).cues[0].text == "Ça va, señor?"


@pytest.mark.parametrize(
    ("data", "encoding", "code"),
    [
        (SRT.encode("windows-1252"), None, "subtitles.encoding"),
        (SRT.encode("utf-16-le"), None, "subtitles.encoding"),
        (bytes(range(256)), "ascii", "subtitles.encoding"),
        (SRT.encode("windows-1252"), "klingon", "subtitles.codec"),
        (SRT.encode("windows-1252"), "rot13", "subtitles.codec"),
        (b"", None, "subtitles.format"),
    ],
)
def test_bytes_that_cannot_be_read(tmp_path, data, encoding, code):
    path = tmp_path / "a.srt"
    path.write_bytes(data)
    with pytest.raises(TongliError) as caught:
        files.read(str(path), encoding=encoding)
    assert caught.value.code == code


def test_a_huge_file_is_refused_before_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MAX_BYTES", 20)
    path = tmp_path / "a.srt"
    path.write_text(SRT, "utf-8")
    with pytest.raises(InputError, match=r"subtitles\.too-large"):
        files.read(str(path))


def test_a_file_is_written_whole_or_not_at_all(tmp_path):
    path = tmp_path / "a.vtt"
    track = Track(cues=(Cue(start=0, end=1000, text="Hi"),))
    files.write(track, str(path))
    files.write(track, str(path))
    assert path.read_text("utf-8") == "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\nHi\n"
    with pytest.raises(TongliError, match=r"storage\.write"):
        files.write(track, str(tmp_path / "no" / "a.vtt"))


def test_without_pysubs2_only_ass_is_out_of_reach(monkeypatch):
    monkeypatch.setitem(sys.modules, "pysubs2", None)
    assert importlib.util.find_spec("tongli.applications.subtitles.ass")
    track = files.parse(SRT)
    assert files.to_text(track, "ttml")
    with pytest.raises(ConfigError, match=r"tongli\[subtitles\]"):
        files.to_text(track, "ass")


@pytest.mark.shared
def test_films_in_many_languages_survive_every_format(shared_data):
    names = sorted((shared_data / "subtitles_open_films" / "vtt").iterdir())
    assert names
    for name in names:
        track = files.read(str(name))
        for form in ("srt", "vtt", "ttml"):
            again = files.parse(files.to_text(track, form))
            assert [(cue.start, cue.end, cue.text) for cue in again.cues] == [
                (cue.start, cue.end, cue.text) for cue in track.cues
            ]

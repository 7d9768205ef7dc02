from __future__ import annotations

import struct
import zipfile

import pytest

from tongli.core import InputError
from tongli.serving.access.contents import check_contents

WAV = b"RIFF\x24\0\0\0WAVEfmt "
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


def check(path, data, ending):
    path.write_bytes(data)
    check_contents(path, ending=ending)


@pytest.mark.parametrize(
    ("ending", "data"),
    [
        (".txt", "同理\r\n\tlines".encode()),
        (".TXT", b""),
        (".srt", b"\xef\xbb\xbf1\n00:00:01,000 --> 00:00:02,000\nHi\n"),
        (".wav", WAV),
        (".png", PNG),
        (".jpg", b"\xff\xd8\xff\xe0" + b"\0" * 9),
        (".mp3", b"ID3\x04\0"),
        (".mp3", b"\xff\xfb\x90\0"),
        (".m4a", struct.pack(">I", 32) + b"ftypM4A "),
        (".webm", b"\x1a\x45\xdf\xa3\x01"),
        (".ogg", b"OggS\0"),
        (".flac", b"fLaC\0"),
    ],
)
def test_files_that_are_what_they_say(tmp_path, ending, data):
    check(tmp_path / "file", data, ending)


@pytest.mark.parametrize(
    ("ending", "data"),
    [
        (".txt", PNG),
        (".txt", b"nul \0 inside"),
        (".txt", "Müller".encode("latin-1")),
        (".png", b"<svg onload=alert(1)>"),
        (".png", WAV),
        (".wav", b"RIFF\x24\0\0\0AVI LIST"),
        (".docx", b"PK is not enough"),
        (".mp3", b""),
        (".exe", b"MZ"),
        (".svg", b"<svg/>"),
        ("", b"text"),
    ],
)
def test_files_that_are_not(tmp_path, ending, data):
    with pytest.raises(InputError) as caught:
        check(tmp_path / "file", data, ending)
    assert caught.value.code == "upload.contents"
    assert "onload" not in str(caught.value)


def test_a_real_zip_file(tmp_path):
    path = tmp_path / "letter.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    check_contents(path, ending=".docx")


def test_a_long_text_may_be_cut_within_a_letter(tmp_path):
    check(tmp_path / "file", b"x" + "é".encode() * 60_000, ".txt")
    with pytest.raises(InputError):
        check(tmp_path / "file", b"x" * 70 + b"\xff" + b"x" * 70_000, ".txt")

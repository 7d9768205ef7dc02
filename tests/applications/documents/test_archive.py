from __future__ import annotations

import zipfile

import pytest

from tongli.applications.documents import archive, open_document
from tongli.core import InputError


def code_of(path):
    with pytest.raises(InputError) as caught:
        list(open_document(path).parts())
    return caught.value.code


def test_what_is_no_archive(tmp_path):
    path = tmp_path / "a.epub"
    path.write_bytes(b"PK\x03\x04 and nothing more")
    assert code_of(path) == "document.damaged"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert code_of(path) == "document.encrypted"
    assert code_of(tmp_path / "none.docx") == "input.missing"


@pytest.mark.parametrize("name", ["../evil", "/etc/x", "a/../../x", "C:/x", "a\\..\\x"])
def test_paths_that_lead_out(make_epub, name):
    path = make_epub("<p>a</p>", more={"safe": ""})
    data = path.read_bytes()
    padded = name.ljust(4, "x")[:60]
    path = make_epub("<p>a</p>", more={padded: ""})
    assert data != path.read_bytes()
    assert code_of(path) == "document.unsafe"


def test_bombs(make_epub, monkeypatch):
    path = make_epub("<p>a</p>", more={"bomb": "0" * 200_000})
    monkeypatch.setattr(archive, "_LARGE", 100_000)
    assert code_of(path) == "document.too-large"
    monkeypatch.setattr(archive, "_LARGE", 1 << 30)
    assert len(list(open_document(path).parts())) == 1
    monkeypatch.setattr(archive, "LARGEST_TEXT", 20)
    assert code_of(path) == "document.too-large"


def test_damage_inside(make_epub):
    path = make_epub("<p>" + "abc " * 500 + "</p>")
    data = bytearray(path.read_bytes())
    at = data.index(b"ch 0.xhtml") + 40
    data[at : at + 8] = bytes(8)
    path.write_bytes(bytes(data))
    assert code_of(path) == "document.damaged"


def test_two_files_of_one_name(make_epub):
    path = make_epub("<p>a</p>")
    with zipfile.ZipFile(path, "a") as out, pytest.warns(UserWarning, match="Duplicate"):
        out.writestr("mimetype", "x")
    assert code_of(path) == "document.damaged"

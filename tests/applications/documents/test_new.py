from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongli.applications.documents import open_document
from tongli.applications.documents.new import new_docx

docx = pytest.importorskip("docx")


def paragraphs(path: Path, text: str, lang: str = "en") -> list[str]:
    path.write_bytes(new_docx(text, lang=lang))
    return [each.text for part in open_document(path).parts() for each in part.paragraphs]


def test_we_read_back_what_we_write(tmp_path):
    assert paragraphs(tmp_path / "a.docx", "One <two> & three\n\nfour") == ["One <two> & three", "four"]


def test_another_reader_agrees(tmp_path):
    file = tmp_path / "b.docx"
    file.write_bytes(new_docx("Hello\nشكرا", lang="ar"))
    assert [each.text for each in docx.Document(str(file)).paragraphs] == ["Hello", "شكرا"]


def test_the_direction_is_that_of_the_first_letter(tmp_path):
    import zipfile

    file = tmp_path / "c.docx"
    file.write_bytes(new_docx("1. شكرا\nHello شكرا", lang="ar"))
    with zipfile.ZipFile(file) as archive:
        assert archive.read("word/document.xml").count(b"<w:bidi/>") == 1


@settings(max_examples=50)
@given(st.text(max_size=60))
def test_any_text_makes_a_document(tmp_path_factory, text):
    file = tmp_path_factory.mktemp("any") / "d.docx"
    file.write_bytes(new_docx(text, lang="en"))
    docx.Document(str(file))

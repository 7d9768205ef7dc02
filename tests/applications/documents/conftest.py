"""Small documents, made by hand so that every byte of them is known."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.footnotes+xml"/>'
    '<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.styles+xml"/></Types>'
)
STYLES = (
    f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/>'
    "</w:style></w:styles>"
)
CONTAINER = (
    '<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">'
    "<rootfiles>"
    '<rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)


@pytest.fixture
def make_docx(tmp_path):
    """A .docx of a body's markup."""

    def make(body: str, *, notes: str = "", name: str = "a.docx", **more: str) -> Path:
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", TYPES)
            archive.writestr(
                "word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
            )
            archive.writestr("word/footnotes.xml", f'<w:footnotes xmlns:w="{W}">{notes}</w:footnotes>')
            archive.writestr("word/styles.xml", STYLES)
            archive.writestr("word/media/image1.png", b"\x89PNG\x00\x01")
            for member, text in more.items():
                archive.writestr(member, text)
        return path

    return make


@pytest.fixture
def make_epub(tmp_path):
    """An .epub of chapters' bodies, the last one first in the manifest."""

    def make(*bodies: str, name: str = "a.epub", more: dict[str, str] | None = None) -> Path:
        path = tmp_path / name
        items = "".join(
            f'<item id="c{index}" href="text/ch%20{index}.xhtml" media-type="application/xhtml+xml"/>'
            for index in reversed(range(len(bodies)))
        )
        refs = "".join(f'<itemref idref="c{index}"/>' for index in range(len(bodies)))
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
            archive.writestr("META-INF/container.xml", CONTAINER)
            archive.writestr(
                "OPS/book.opf", f"<package><manifest>{items}</manifest><spine>{refs}</spine></package>"
            )
            for index, body in enumerate(bodies):
                archive.writestr(f"OPS/text/ch {index}.xhtml", page(body))
            for member, text in (more or {}).items():
                archive.writestr(member, text)
        return path

    return make


def page(body: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\r\n<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml"\n>'
        f"<head><title>He</title><style>p {{ color: he }}</style></head><body>{body}</body></html>\n"
    )

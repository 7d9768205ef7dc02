"""The format of a file by its name."""

from __future__ import annotations

from pathlib import Path

from tongli.applications.documents.document import Document
from tongli.applications.documents.docx import docx
from tongli.applications.documents.epub import epub
from tongli.applications.documents.plain import Plain

PACKED = (".docx", ".epub")
"""Endings of documents that are no plain text."""
_MARKDOWN = (".md", ".markdown")


def open_document(path: Path) -> Document:
    """The document of a file: ``.docx``, ``.epub``, ``.md`` or ``.markdown``; anything else is plain text.

    Nothing is read before its parts are asked for.
    """
    ending = path.suffix.lower()
    if ending == ".docx":
        return docx(path)
    if ending == ".epub":
        return epub(path)
    return Plain(source=path, markdown=ending in _MARKDOWN)


def is_packed(name: str) -> bool:
    """Whether a name is that of a document which is no plain text."""
    return name.lower().endswith(PACKED)


def as_lines(path: Path) -> str:
    """The text of a document with one paragraph a line; raises as :meth:`Document.parts`."""
    return "\n".join(
        paragraph.text.replace("\n", " ")
        for part in open_document(path).parts()
        for paragraph in part.paragraphs
    )

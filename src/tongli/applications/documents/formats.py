"""The format of a file by its name."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from pathlib import Path

from tongli.applications.documents.document import Document
from tongli.applications.documents.docx import docx
from tongli.applications.documents.epub import epub
from tongli.applications.documents.plain import Plain
from tongli.applications.lint import files as lint

PACKED = (".docx", ".epub")
"""Endings of documents that are no plain text."""
_MARKDOWN = (".md", ".markdown")
_JOINT = "\n\n"


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


def read_prose(name: str) -> lint.Document:
    """A text ready for checks; of a document that is packed, places are paragraphs of all its parts.

    Raises:
        InputError: as :meth:`tongli.applications.documents.Document.parts`.
        StorageError: likewise.
    """
    if not name.lower().endswith(PACKED):
        return lint.read(name)
    parts = open_document(Path(name)).parts()
    texts = [each.text for part in parts for each in part.paragraphs]
    starts = list(accumulate((len(text) + len(_JOINT) for text in texts), initial=0))
    return replace(lint.document(name, _JOINT.join(texts)), _starts=starts)

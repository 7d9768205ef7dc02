"""``.docx``: the body, notes, headers and footers of a word processor's document.

What others wrote beside the text, in comments, and what was struck out stays as it is.

Reference: ECMA-376, Office Open XML, parts 1 and 2.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from tongli.applications.documents.archive import Read, Zipped, damaged, read_member
from tongli.applications.documents.document import Paragraph
from tongli.applications.documents.markup import decoded, tokens
from tongli.applications.documents.wordml import heading_levels, paragraphs, prefix_of
from tongli.applications.documents.wordml_places import note_numbers

_TYPES = "[Content_Types].xml"
_TEXTS = {
    "main+xml": "",
    "footnotes+xml": "footnote",
    "endnotes+xml": "endnote",
    "header+xml": "header",
    "footer+xml": "footer",
}
"""End of a type → what its parts hold, in the order of reading."""
_STYLES = "styles+xml"


def docx(path: Path) -> Zipped:
    """A document of a word processor; nothing is read yet."""
    return Zipped(path=path, texts=_texts)


def _texts(archive: zipfile.ZipFile) -> tuple[tuple[str, ...], Read]:
    types = [
        (found.get("PartName", "").lstrip("/"), found.get("ContentType", ""))
        for token in tokens(_source(archive, _TYPES))
        if token.local == "Override" and "word" in (found := token.attributes()).get("ContentType", "")
    ]
    kinds = {name: kind for ending, kind in _TEXTS.items() for name, each in types if each.endswith(ending)}
    main = next((name for name, kind in kinds.items() if not kind), None)
    body = "" if main is None else _source(archive, main)
    if not prefix_of(body):
        raise damaged(main or _TYPES, "no text of a word processor")
    styles = next((name for name, each in types if each.endswith(_STYLES)), None)
    levels = heading_levels(_source(archive, styles)) if styles else {}
    notes = note_numbers(body)

    def read(part: str, source: str) -> Iterator[Paragraph]:
        return paragraphs(part, source, levels=levels, kind=kinds[part], notes=notes)

    return tuple(kinds), read


def _source(archive: zipfile.ZipFile, name: str) -> str:
    return decoded(read_member(archive, name), name=name)[0]

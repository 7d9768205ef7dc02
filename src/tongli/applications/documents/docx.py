"""``.docx``: the body, notes, headers and footers of a word processor's document.

What others wrote beside the text, in comments, and what was struck out stays as it is.

Reference: ECMA-376, Office Open XML, parts 1 and 2.
"""

from __future__ import annotations

import zipfile
from functools import partial
from pathlib import Path

from tongli.applications.documents.archive import Read, Zipped, damaged, read_member
from tongli.applications.documents.markup import decoded, tokens
from tongli.applications.documents.wordml import heading_levels, paragraphs, prefix_of

_TYPES = "[Content_Types].xml"
_TEXTS = ("main+xml", "footnotes+xml", "endnotes+xml", "header+xml", "footer+xml")
_STYLES = "styles+xml"


def docx(path: Path) -> Zipped:
    """A document of a word processor; nothing is read yet."""
    return Zipped(path=path, texts=_texts)


def _texts(archive: zipfile.ZipFile) -> tuple[tuple[str, ...], Read]:
    kinds = [
        (found.get("PartName", "").lstrip("/"), found.get("ContentType", ""))
        for token in tokens(_source(archive, _TYPES))
        if token.local == "Override" and "word" in (found := token.attributes()).get("ContentType", "")
    ]
    names = tuple(name for ending in _TEXTS for name, kind in kinds if kind.endswith(ending))
    main = next((name for name, kind in kinds if kind.endswith(_TEXTS[0])), None)
    if main is None or not prefix_of(_source(archive, main)):
        raise damaged(main or _TYPES, "no text of a word processor")
    styles = next((name for name, kind in kinds if kind.endswith(_STYLES)), None)
    levels = heading_levels(_source(archive, styles)) if styles else {}
    return names, partial(paragraphs, levels=levels)


def _source(archive: zipfile.ZipFile, name: str) -> str:
    return decoded(read_member(archive, name), name=name)[0]

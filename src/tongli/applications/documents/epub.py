"""``.epub``: the XHTML files of a book in the order of its spine.

Reference: EPUB 3.3, W3C Recommendation: 4.2 "OCF ZIP container", 5.3 to 5.7 the package document; EPUB 2.0.1
agrees on all that is read here.
"""

from __future__ import annotations

import posixpath
import zipfile
from pathlib import Path
from urllib.parse import unquote

from tongli.applications.documents.archive import Read, Zipped, damaged, encrypted, read_member
from tongli.applications.documents.markup import decoded, tokens
from tongli.applications.documents.xhtml import paragraphs

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_RIGHTS = ("META-INF/rights.xml", "META-INF/sinf.xml")
_FONTS_ONLY = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
"""Algorithms that hide fonts and nothing else."""
_XHTML = ("application/xhtml+xml", "text/html")


def epub(path: Path) -> Zipped:
    """A book; nothing is read yet."""
    return Zipped(path=path, texts=_texts, first="mimetype")


def _texts(archive: zipfile.ZipFile) -> tuple[tuple[str, ...], Read]:
    _refuse_protected(archive)
    package = _package(archive)
    folder = posixpath.dirname(package)
    files: dict[str, str] = {}
    spine: list[str] = []
    for token in tokens(_source(archive, package)):
        found = token.attributes() if token.kind != "close" else {}
        if token.local == "item" and found.get("media-type") in _XHTML:
            place = posixpath.normpath(posixpath.join(folder, unquote(found.get("href", ""))))
            files[found.get("id", "")] = place
        elif token.local == "itemref":
            spine.append(found.get("idref", ""))
    names = tuple(dict.fromkeys(files[name] for name in spine if name in files))
    if not names or not set(names) <= set(archive.namelist()):
        raise damaged(package, "a book without its chapters")
    return names, paragraphs


def _package(archive: zipfile.ZipFile) -> str:
    """Path of the package document."""
    for token in tokens(_source(archive, _CONTAINER)):
        if token.local == "rootfile" and token.kind != "close":
            return token.attributes().get("full-path", "")
    raise damaged(_CONTAINER, "no package document")


def _refuse_protected(archive: zipfile.ZipFile) -> None:
    names = set(archive.namelist())
    methods = [
        token.attributes().get("Algorithm", "")
        for token in (tokens(_source(archive, _ENCRYPTION)) if _ENCRYPTION in names else ())
        if token.local == "EncryptionMethod" and token.kind != "close"
    ]
    if not names.isdisjoint(_RIGHTS) or not set(methods) <= set(_FONTS_ONLY):
        raise encrypted(Path(archive.filename or "book.epub").name)


def _source(archive: zipfile.ZipFile, name: str) -> str:
    return decoded(read_member(archive, name), name=name)[0]

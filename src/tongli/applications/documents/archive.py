"""Documents that are zip archives of markup: only the texts that change are written anew.

References:
    PKWARE, .ZIP File Format Specification 6.3.
    OWASP, Zip Slip and decompression bombs: what is refused before anything is read.
"""

from __future__ import annotations

import copy
import os
import re
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tongli.applications.documents.document import Change, Paragraph, Part
from tongli.applications.documents.markup import decoded, encoded
from tongli.core import InputError, StorageError, shorten

LARGEST_TEXT = 64 << 20
"""Bytes of one part that is read, unpacked."""
MOST_FILES = 20_000
_LARGE, _RATIO = 128 << 20, 100
"""An archive that unpacks to more than so many bytes, and to more than so many times its size, is a bomb."""
_CHUNK = 1 << 20
_UNSAFE = re.compile(r"^[/\\]|^[A-Za-z]:|\\|(?:^|/)\.\.(?:/|$)|\x00")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

Read = Callable[[str, str], Iterator[Paragraph]]
"""Name of a part, its source → its paragraphs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Zipped:
    """A document in a zip archive.

    Attributes:
        path: where it is.
        texts: the archive → names of its texts in the order of reading, and what reads them.
        first: a file that must come first and uncompressed.
    """

    path: Path
    texts: Callable[[zipfile.ZipFile], tuple[tuple[str, ...], Read]]
    first: str | None = None

    def parts(self) -> Iterator[Part]:
        """As :meth:`tongli.applications.documents.Document.parts`."""
        with opened(self.path) as archive:
            names, read = self.texts(archive)
            for name in names:
                source, _ = decoded(read_member(archive, name), name=name)
                yield Part(name=name, source=source, paragraphs=read(name, source))

    def write(self, target: IO[bytes], change: Change) -> None:
        """As :meth:`tongli.applications.documents.Document.write`."""
        with opened(self.path) as archive, zipfile.ZipFile(target, "w") as out:
            out.comment = archive.comment
            names, read = self.texts(archive)
            for info in sorted(archive.infolist(), key=lambda info: info.filename != self.first):
                if info.filename not in names:
                    self._copy(archive, info, out)
                    continue
                data = read_member(archive, info.filename)
                source, encoding = decoded(data, name=info.filename)
                part = Part(name=info.filename, source=source, paragraphs=read(info.filename, source))
                out.writestr(_like(info), encoded(change(part), encoding))

    def _copy(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, out: zipfile.ZipFile) -> None:
        new = _like(info)
        if info.filename == self.first:
            new.compress_type = zipfile.ZIP_STORED
        if info.is_dir():
            out.writestr(new, b"")
            return
        with archive.open(info) as source, out.open(new, "w") as copied:
            shutil.copyfileobj(source, copied, _CHUNK)


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """An archive that is safe to read.

    Raises:
        InputError: ``document.damaged``, ``document.encrypted``, ``document.too-large``, ``document.unsafe``,
            ``input.missing``.
        StorageError: ``input.unreadable``.
    """
    try:
        file = path.open("rb")
    except FileNotFoundError:
        raise InputError(
            "input.missing", received=shorten(str(path)), allowed="a document", fix="Check the path."
        ) from None
    except OSError as error:
        raise StorageError(
            "input.unreadable",
            received=f"{shorten(str(path))}: {error.strerror}",
            allowed="a file that can be read",
            fix="Check its permissions and the disk.",
        ) from error
    with file:
        if file.read(len(_OLE)) == _OLE:
            raise encrypted(path.name)
        try:
            with zipfile.ZipFile(file) as archive:
                _check(archive, size=os.fstat(file.fileno()).st_size, name=path.name)
                yield archive
        except (zipfile.BadZipFile, EOFError, NotImplementedError, zlib.error) as error:
            raise damaged(path.name, "no whole zip archive") from error


def read_member(archive: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of a file in an archive.

    Raises:
        InputError: ``document.damaged`` where it is missing, ``document.too-large``.
    """
    try:
        info = archive.getinfo(name)
    except KeyError:
        raise damaged(shorten(name), "missing from the archive") from None
    if info.file_size > LARGEST_TEXT:
        raise _too_large(name)
    return archive.read(info)


def damaged(name: str, what: str) -> InputError:
    """The error for a document that cannot be read."""
    return InputError(
        "document.damaged",
        received=f"{name}: {what}",
        allowed="a whole .docx or .epub",
        fix="Open it in the program that made it, and save it again.",
    )


def encrypted(name: str) -> InputError:
    """The error for a document that nobody but its owner or its shop can read."""
    return InputError(
        "document.encrypted",
        received=f"{name}, which is encrypted, protected or in an old format",
        allowed="a .docx or .epub without protection",
        fix="Ask the publisher for a copy without it, or save an old .doc as .docx without a password.",
    )


def _check(archive: zipfile.ZipFile, *, size: int, name: str) -> None:
    files = archive.infolist()
    if any(_UNSAFE.search(info.filename) for info in files):
        raise InputError(
            "document.unsafe",
            received=f"{name}, with a file that leads out of the archive",
            allowed="files inside the archive",
            fix="Do not use this document; it was made to do harm, or by a broken program.",
        )
    if len({info.filename for info in files}) < len(files):
        raise damaged(name, "two files of one name in the archive")
    if any(info.flag_bits & 1 for info in files):
        raise encrypted(name)
    total = sum(info.file_size for info in files)
    if len(files) > MOST_FILES or (total > _LARGE and total > _RATIO * size):
        raise _too_large(name)


def _too_large(name: str) -> InputError:
    return InputError(
        "document.too-large",
        received=f"{shorten(name)}, which unpacks to too much",
        allowed=f"texts up to {LARGEST_TEXT >> 20} MiB, {MOST_FILES:,} files, packed {_RATIO} to 1 at most",
        fix="Split the document into volumes.",
    )


def _like(info: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """A new entry with the old one's name, date, permissions and way of packing."""
    new = copy.copy(info)
    new.extra = b""  # sizes and times of the old entry, which zipfile writes itself where they are needed
    new.flag_bits = 0
    return new

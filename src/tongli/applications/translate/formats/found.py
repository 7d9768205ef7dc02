"""The format of a file by its name, and what each offers: parts of source with their units."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from tongli.applications.documents.document import Document, Part
from tongli.applications.documents.formats import open_document
from tongli.applications.documents.markup import decoded, encoded, escaped
from tongli.applications.documents.plain import Plain
from tongli.applications.jsonl import read_start
from tongli.applications.translate.formats import cues, po, strings, xhtml, xliff
from tongli.applications.translate.formats.blocks import cut
from tongli.applications.translate.formats.word_runs import joined
from tongli.applications.translate.unit import Unit, of_paragraph
from tongli.core import InputError, shorten

LARGEST = 64 << 20
"""Bytes of a file that is read whole."""

Fill = Callable[[str, list[Unit]], str]
"""A source and its units → the new source."""


class Source(Protocol):
    """A document: its units, and itself with them translated. Only one part is held at a time."""

    def units(self) -> Iterator[list[Unit]]:
        """Units of each part, in order; raises ``InputError`` and ``StorageError`` of the format."""

    def write(self, target: IO[bytes], fill: Fill) -> None:
        """Write the document with each part's source replaced by what ``fill`` makes of it."""


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """A document of :mod:`tongli.applications.documents`."""

    document: Document

    def units(self) -> Iterator[list[Unit]]:
        """As :meth:`Source.units`."""
        return (self._of_part(part) for part in self.document.parts())

    def write(self, target: IO[bytes], fill: Fill) -> None:
        """As :meth:`Source.write`."""
        self.document.write(target, lambda part: fill(part.source, self._of_part(part)))

    def _of_part(self, part: Part) -> list[Unit]:
        encode = escaped if part.name else str
        marked = isinstance(self.document, Plain) and self.document.markdown
        whole = (joined(each, part.source) if part.name else each for each in part.paragraphs)
        pieces = (piece for each in whole for piece in (cut(each) if marked else (each,)))
        found = (of_paragraph(piece, encode=encode) for piece in pieces)
        return [unit for unit in found if unit is not None]


@dataclass(frozen=True, slots=True)
class Whole:
    """A file that is one part.

    Attributes:
        path: where it is.
        read: finds units in a source; raises ``InputError`` for one that is broken.
    """

    path: Path
    read: Callable[[str], Iterator[Unit]]

    def units(self) -> Iterator[list[Unit]]:
        """As :meth:`Source.units`."""
        yield list(self.read(self._text()[0]))

    def write(self, target: IO[bytes], fill: Fill) -> None:
        """As :meth:`Source.write`."""
        source, encoding = self._text()
        target.write(encoded(fill(source, list(self.read(source))), encoding))

    def _text(self) -> tuple[str, str]:
        data = read_start(str(self.path), limit=LARGEST + 1)
        if len(data) > LARGEST:
            raise InputError(
                "document.too-large",
                received=f"{shorten(self.path.name)}, of more than {LARGEST >> 20} MiB",
                allowed=f"at most {LARGEST >> 20} MiB",
                fix="Split the document.",
            )
        return decoded(data, name=self.path.name)


_READ: dict[str, Callable[[str], Iterator[Unit]]] = {
    ".html": xhtml.units,
    ".htm": xhtml.units,
    ".xhtml": xhtml.units,
    ".srt": cues.units,
    ".vtt": cues.units,
    ".po": po.units,
    ".pot": po.units,
    ".xlf": xliff.units,
    ".xliff": xliff.units,
    ".json": strings.units,
}


def open_source(path: Path) -> Source:
    """The document of a file: ``.docx``, ``.epub``, ``.md``, ``.html``, ``.srt``, ``.vtt``, ``.po``, ``.xlf``
    or ``.json``; anything else is plain text. Nothing is read before its units are asked for.
    """
    read = _READ.get(path.suffix.lower())
    return Whole(path, read) if read is not None else Paragraphs(open_document(path))

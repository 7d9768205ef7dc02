"""The format of a file by its name."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """A text ready for checks.

    Attributes:
        document: all of it, with blank lines between the paragraphs of one that is packed.
        starts: where the paragraphs of a packed document begin.
        places: where each is, in words.
    """

    document: lint.Document
    starts: tuple[int, ...] = ()
    places: tuple[str, ...] = ()

    def where(self, offset: int) -> str:
        """A place for people: line and column, or the paragraph and the code point in it."""
        if not self.starts:
            line, column = self.document.place(offset)
            return f"{line}:{column}"
        index = bisect_right(self.starts, offset) - 1
        return f" {self.places[index]}, character {offset - self.starts[index] + 1}"


def read_prose(name: str) -> Prose:
    """A text ready for checks; of a packed document, what older programs read instead is left out.

    Raises:
        InputError: as :meth:`tongli.applications.documents.Document.parts`.
        StorageError: likewise.
    """
    if not name.lower().endswith(PACKED):
        return Prose(document=lint.read(name))
    parts = open_document(Path(name)).parts()
    found = [(each.text, each.where) for part in parts for each in part.paragraphs if not each.again]
    texts = [text for text, _ in found]
    starts = accumulate((len(text) + len(_JOINT) for text in texts), initial=0)
    return Prose(
        document=lint.document(name, _JOINT.join(texts)),
        starts=tuple(starts)[: len(texts)],
        places=tuple(where for _, where in found),
    )

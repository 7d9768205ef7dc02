"""Where a paragraph of a ``.docx`` is, in words that a reader of the document can follow.

Pages are those of the last time a word processor laid the document out; a document that was never laid out
has none. Notes have the numbers that the text shows.

Reference: ECMA-376, part 1, 17.3.3.13 "lastRenderedPageBreak", 17.11 "Footnotes and endnotes".
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping

from tongli.applications.documents.markup import Token

_PAGE = "lastRenderedPageBreak"
_BOX = "txbxContent"
_KINDS = ("header", "footer", "footnote", "endnote")
_REFERENCE = re.compile(r"<[\w.-]+:(footnote|endnote)Reference\s(?P<attributes>[^<>]*)>")
_ID = re.compile(r"[\w.-]+:id\s*=\s*[\"'](-?\d+)[\"']")

Notes = Mapping[tuple[str, str], int]
"""``footnote`` or ``endnote`` and its id → its number in the text."""


def note_numbers(body: str) -> Notes:
    """Numbers of the notes that a body refers to; those with a mark of their own have none."""
    found: dict[tuple[str, str], int] = {}
    counts = dict.fromkeys(("footnote", "endnote"), 0)
    for match in _REFERENCE.finditer(body):
        own = _ID.search(match["attributes"])
        if own is None or "customMarkFollows" in match["attributes"] or (match[1], own[1]) in found:
            continue
        counts[match[1]] += 1
        found[match[1], own[1]] = counts[match[1]]
    return found


class Places:
    """Follows the tokens of one part.

    Attributes:
        page: from 1; 0 where no page is known.
        section: ``footnotes``, ``headers`` and the like; empty for the body.
    """

    def __init__(self, part: str, *, kind: str, paged: bool, notes: Notes) -> None:
        self.page = int(paged)
        self._kind = kind if kind in _KINDS else ""
        self.section = f"{self._kind}s" if self._kind else ""
        self._file = posixpath.basename(part)
        self._notes, self._note = notes, ""
        self._tables = self._boxes = 0
        self._rows: list[int] = []

    def read(self, name: str, token: Token) -> None:
        """Take a tag, whose prefix is cut off."""
        step = {"open": 1, "close": -1}.get(token.kind, 0)
        if name == _PAGE and step >= 0 and self.page:
            self.page += 1
        elif name == _BOX:
            self._boxes += step
        elif name == "tr" and step > 0 and self._rows:
            self._rows[-1] += 1
        elif name == "tbl" and step > 0:
            self._tables += not self._rows
            self._rows.append(0)
        elif name == "tbl" and step < 0 and self._rows:
            self._rows.pop()
        elif name == self._kind and step > 0 and (own := _ID.search(token.value)):
            self._note = own[1]

    def told(self, number: int, *, page: int) -> str:
        """The place of the paragraph that ends here, in words.

        Args:
            number: from 1, of all paragraphs of the part.
            page: that it begins on; 0 where it is not known.
        """
        if self._kind.endswith("note"):
            return f"{self._kind} {self._notes.get((self._kind, self._note), self._note)}"
        if self._kind:
            return f"{self._kind} ({self._file}), paragraph {number}"
        where = [f"page {page}"] if page else []
        if self._boxes:
            where.append("text box")
        elif self._rows:
            where.append(f"table {self._tables}, row {self._rows[0]}")
        return ", ".join((*where, f"paragraph {number}"))

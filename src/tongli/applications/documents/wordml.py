"""Paragraphs of WordprocessingML, the text of ``.docx``: tables, notes, headers and text boxes too.

Reference: ECMA-376, Office Open XML, part 1, 17.3 "Paragraphs and rich formatting".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from tongli.applications.documents.document import Builder, Paragraph
from tongli.applications.documents.markup import Token, tokens
from tongli.applications.documents.wordml_places import Notes, Places

_NAMESPACE = re.compile(
    r"xmlns:([\w.-]+)\s*=\s*[\"']http://(?:schemas\.openxmlformats\.org|purl\.oclc\.org/ooxml)/wordprocessingml"
    r"/(?:2006/)?main[\"']"
)
_START = 1 << 14
_NOT_READ = frozenset(("del", "moveFrom", "tabs", "pPrChange", "rPrChange"))
"""What was struck out or moved away, where tabs stop, and how a paragraph was formatted before."""
_ADDED = frozenset(("ins", "moveTo"))
_ALTERNATIVES, _OLDER = "AlternateContent", "Fallback"
"""What Office writes twice, and the copy for programs that do not know the first (ECMA-376, part 3, 10.2)."""
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "‑"}
_PRESERVE = ' xml:space="preserve"'
_HEADING = re.compile(r"heading ([1-9])")


def paragraphs(
    part: str, source: str, *, levels: Mapping[str, int], kind: str = "", notes: Notes | None = None
) -> Iterator[Paragraph]:
    """Paragraphs in the order in which they end, so that a text box comes before what it is anchored in.

    Args:
        part: name of the file.
        source: WordprocessingML.
        levels: id of a style → level of heading.
        kind: what the part holds: ``footnote``, ``endnote``, ``header``, ``footer``; else the body.
        notes: numbers of notes.
    """
    places = Places(part, kind=kind, paged=":lastRenderedPageBreak" in source, notes=notes or {})
    reader = _Reader(prefix_of(source), part, levels, places)
    for token in tokens(source):
        found = reader.read(token)
        if found is not None:
            yield found


class _Reader:
    """Where in the markup the tokens are."""

    def __init__(self, prefix: str, part: str, levels: Mapping[str, int], places: Places) -> None:
        self._prefix, self._part, self._levels, self._places = prefix, part, levels, places
        self._opened: list[Builder] = []
        self._pages: list[int] = []
        self._number = self._depth = self._added = 0
        self._unread, self._in_text = "", False
        self._mark: tuple[int, str] | None = None
        self._twice = self._older = False
        self._newer: set[str] = set()

    def read(self, token: Token) -> Paragraph | None:
        """The paragraph that ends with a token."""
        name = token.name.removeprefix(self._prefix) if token.name.startswith(self._prefix) else ""
        if self._depth:
            self._depth += (name == self._unread) * {"open": 1, "close": -1}.get(token.kind, 0)
        elif token.kind in {"text", "entity"}:
            self._text(token)
        elif token.kind == "open" and name in _NOT_READ:
            self._unread, self._depth = name, 1
        elif name == "p":
            return self._edge(token)
        else:
            self._around(name, token)
            if self._opened:
                self._inside(name, token)
        return None

    def _text(self, token: Token) -> None:
        if self._in_text and self._opened:
            self._opened[-1].add(token.value, token.span, mark=self._mark, added=self._added > 0)
            self._pages[-1] = self._pages[-1] or self._places.page

    def _edge(self, token: Token) -> Paragraph | None:
        if token.kind == "open":
            self._opened.append(Builder())
            self._pages.append(0)
        if token.kind != "close" or not self._opened:
            return None
        number = self._number + 1
        where = self._places.told(number, page=self._pages.pop() or self._places.page)
        found = self._opened.pop().built(
            part=self._part, number=number, where=where, section=self._places.section or self._part
        )
        if found is None:
            return None
        if self._older and found.text in self._newer:
            return replace(found, again=True)
        if self._twice:
            self._newer.add(found.text)
        self._number = number
        return found

    def _around(self, name: str, token: Token) -> None:
        """Take a tag that may stand around paragraphs."""
        if name in _ADDED:
            self._added += {"open": 1, "close": -1}.get(token.kind, 0)
        elif name:
            self._places.read(name, token)
        elif token.local == _ALTERNATIVES:
            self._twice = token.kind == "open"
            self._newer.clear()
        elif token.local == _OLDER:
            self._older = token.kind == "open"

    def _inside(self, name: str, token: Token) -> None:
        if name == "t":
            self._in_text = token.kind == "open"
            self._mark = None if "preserve" in token.value else (token.span[1] - 1, _PRESERVE)
        elif name == "pStyle":
            style = token.attributes().get(f"{self._prefix}val", "")
            self._opened[-1].level = self._levels.get(style, 0)
        elif name in _SIGNS and token.kind != "close":
            self._opened[-1].add(_SIGNS[name], token.span, locked=True)


def heading_levels(styles: str) -> Mapping[str, int]:
    """Id of a style → level of heading; names are English in every edition, ids are not."""
    prefix, style = prefix_of(styles), ""
    found: dict[str, int] = {}
    for token in tokens(styles):
        if token.name == f"{prefix}style" and token.kind == "open":
            style = token.attributes().get(f"{prefix}styleId", "")
        elif token.name == f"{prefix}name" and style:
            heading = _HEADING.fullmatch(token.attributes().get(f"{prefix}val", "").lower())
            if heading:
                found[style] = int(heading[1])
    return found


def prefix_of(source: str) -> str:
    """The prefix of WordprocessingML's names, with its colon; empty where the source does not declare it."""
    found = _NAMESPACE.search(source, 0, _START)
    return f"{found[1]}:" if found else ""

"""Markdown paragraphs cut where what is translated together ends: cells of a table, points of a list.

The marks of tables, lists, headings and quotations stay out of the units, so that no engine can lose or move
them.

Reference: GitHub Flavored Markdown Spec, 4.10 "Tables"; CommonMark 0.31, 5.2 "List items".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tongli.applications.documents.document import Paragraph, Run
from tongli.core import Span

_LINE = re.compile(r"[^\n]*\n?")
_RULER = re.compile(r"[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*\r?\n?")
_CELL = re.compile(r"(?:\\.|[^|\\\n])+")
_MARK = re.compile(
    r"[ \t]*(?:>[ \t]?)*(?P<item>(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?|\#{1,6}[ \t]+)?"
)


def cut(paragraph: Paragraph) -> Iterator[Paragraph]:
    """The pieces of a paragraph of Markdown that are translated each by itself, in order."""
    text = paragraph.text
    lines = [match.span() for match in _LINE.finditer(text) if match[0]]
    table = len(lines) > 1 and "|" in text[slice(*lines[0])] and _RULER.fullmatch(text, *lines[1])
    for start, end in _cells(text, lines) if table else _points(text, lines):
        yield _piece(paragraph, start, end)


def _cells(text: str, lines: list[Span]) -> Iterator[Span]:
    for row, line in enumerate(lines):
        if row != 1:
            yield from (cell.span() for cell in _CELL.finditer(text, *line) if cell[0].strip())


def _points(text: str, lines: list[Span]) -> Iterator[Span]:
    """Each point with the lines that go on with it."""
    start = 0
    for row, line in enumerate(lines):
        mark = _MARK.match(text, *line)
        assert mark is not None  # noqa: S101 - it may be empty
        if row == 0 or mark["item"]:
            if row:
                yield start, line[0]
            start = mark.end()
    yield start, len(text)


def _piece(paragraph: Paragraph, start: int, end: int) -> Paragraph:
    runs = [_clipped(run, start, end) for run in paragraph.runs if run.start < end and run.end > start]
    line = paragraph.text.count("\n", 0, start)
    return replace(
        paragraph, text=paragraph.text[start:end], number=paragraph.number + line, runs=tuple(runs)
    )


def _clipped(run: Run, start: int, end: int) -> Run:
    """The part of a run within a piece, which counts from the start of the piece."""
    before, after = max(start - run.start, 0), max(run.end - end, 0)
    source = run.source[0] + before, run.source[1] - after
    return run._replace(start=run.start + before - start, end=run.end - after - start, source=source)

"""Plain text and Markdown, some paragraphs at a time: a text of any length takes the same memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import IO

from tongli.applications.documents.document import Change, Paragraph, Part, Run
from tongli.applications.lint.files import document
from tongli.core import InputError, StorageError, shorten

_CHUNK = 1 << 16
"""Code points that are held together, at least."""
_LONGEST = 1 << 20

_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})")
_FRONT = re.compile(r"(?:---|\+\+\+)[ \t]*\r?\n")
_FRONT_END = re.compile(r"(?:---|\.\.\.|\+\+\+)[ \t]*\r?\n")
_LINE = re.compile(r"[^\n]*\n|[^\n]+\Z")
_ATX = re.compile(r" {0,3}(#{1,6})[ \t]")
_SETEXT = re.compile(r"[^\n]+\n {0,3}(=+|-+)[ \t]*\s*")
_CHAPTER = re.compile(
    r"\s*(?:[^\W\d]{3,20}[ ](?:\d{1,3}|[IVXLC]{1,7})(?:[.:—–-][ ]?[^\n]{0,80})?|\d{1,3}\.?"
    r"|第.{1,5}[章回話话][^\n]{0,60})\s*"
)
"""A line of its own that numbers a chapter: "Chapter 3", "Kapitel IV: Regen", "12", 第三章."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """A plain text.

    Attributes:
        source: a path, or a stream opened with ``newline=""`` that can be read once.
        markdown: leave code, front matter, links and tags alone.
    """

    source: Path | IO[str]
    markdown: bool = False

    def parts(self) -> Iterator[Part]:
        """As :meth:`tongli.applications.documents.Document.parts`; some paragraphs each."""
        line = 1
        for chunk in self._chunks():
            yield Part(
                name="", source=chunk, paragraphs=_paragraphs(chunk, line=line, markdown=self.markdown)
            )
            line += chunk.count("\n")

    def write(self, target: IO[bytes], change: Change) -> None:
        """As :meth:`tongli.applications.documents.Document.write`."""
        for part in self.parts():
            target.write(change(part).encode())

    def _chunks(self) -> Iterator[str]:
        lines: list[str] = []
        size, inside = 0, _Inside()
        for line in self._lines():
            lines.append(line)
            size += len(line)
            open_block = self.markdown and inside.after(line)
            if size >= _LONGEST or (size >= _CHUNK and not line.strip() and not open_block):
                yield "".join(lines)
                lines, size = [], 0
        if lines:
            yield "".join(lines)

    def _lines(self) -> Iterator[str]:
        try:
            with self._stream() as stream:
                while line := stream.readline(_LONGEST):
                    yield line
        except UnicodeDecodeError as error:
            raise InputError(
                "input.encoding",
                received="a file with bytes that are not UTF-8",
                allowed="UTF-8",
                fix="Convert the file, for example with iconv.",
            ) from error

    def _stream(self) -> IO[str] | nullcontext[IO[str]]:
        if not isinstance(self.source, Path):
            return nullcontext(self.source)
        try:
            return self.source.open(encoding="utf-8", newline="")
        except FileNotFoundError:
            raise InputError(
                "input.missing", received=shorten(str(self.source)), allowed="a text", fix="Check the path."
            ) from None
        except OSError as error:
            raise StorageError(
                "input.unreadable",
                received=f"{shorten(str(self.source))}: {error.strerror}",
                allowed="a file that can be read",
                fix="Check its permissions and the disk.",
            ) from error


class _Inside:
    """Whether lines are inside of a block of code or of front matter."""

    def __init__(self) -> None:
        self._first, self._front, self._fence = True, False, ""

    def after(self, line: str) -> bool:
        """Whether the block goes on after this line."""
        if self._first:
            self._front = _FRONT.fullmatch(line) is not None
            self._first = False
        elif self._front:
            self._front = _FRONT_END.fullmatch(line) is None
        elif fence := _FENCE.match(line):
            if not self._fence:
                self._fence = fence[1]
            elif fence[1].startswith(self._fence):
                self._fence = ""
        return self._front or bool(self._fence)


def _paragraphs(chunk: str, *, line: int, markdown: bool) -> Iterator[Paragraph]:
    prose = _prose(chunk, first=line == 1) if markdown else chunk
    heading = _ATX.match if markdown else _CHAPTER.fullmatch
    start = end = first = 0
    for number, match in enumerate(_LINE.finditer(prose)):
        alone = heading(match[0]) is not None
        if not alone and match[0].strip():
            end = match.end()
            continue
        if start < end:
            yield _paragraph(chunk, prose, (start, end), line=line + first, markdown=markdown)
        if alone:
            yield _paragraph(chunk, prose, match.span(), line=line + number, markdown=markdown)
        start, end, first = match.end(), match.end(), number + 1
    if start < end:
        yield _paragraph(chunk, prose, (start, end), line=line + first, markdown=markdown)


def _prose(chunk: str, *, first: bool) -> str:
    """The text with what is no prose blanked; only the first chunk can have front matter."""
    return (
        document("", chunk, markdown=True).prose
        if first
        else document("", f"\n{chunk}", markdown=True).prose[1:]
    )


def _paragraph(chunk: str, prose: str, span: tuple[int, int], *, line: int, markdown: bool) -> Paragraph:
    start, end = span
    text = prose[start:end].rstrip("\r\n")
    runs: list[Run] = []
    at = 0
    for same, group in groupby((old == new for old, new in zip(chunk[start:end], text, strict=False))):
        length = sum(1 for _ in group)
        runs.append(Run(at, at + length, (start + at, start + at + length), locked=not same))
        at += length
    return Paragraph(text=text, part="", number=line, level=_level(text, markdown=markdown), runs=tuple(runs))


def _level(text: str, *, markdown: bool) -> int:
    if not markdown:
        return 1 if _CHAPTER.fullmatch(text) else 0
    if atx := _ATX.match(text):
        return len(atx[1])
    setext = _SETEXT.fullmatch(text)
    return 0 if setext is None else 1 if setext[1][0] == "=" else 2

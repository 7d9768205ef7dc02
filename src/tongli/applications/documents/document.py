"""What every format offers: plain text with its places, and a source to put changes into."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO, NamedTuple, Protocol

from tongli.core import Span

_SOFT_HYPHEN = "\u00ad"
_SOFT_PIECE = re.compile(f"{_SOFT_HYPHEN}|[^{_SOFT_HYPHEN}]+")


class Run(NamedTuple):
    """A piece of a paragraph's text and where it stands in the source.

    Attributes:
        start: first code point of the text.
        end: code point after the last.
        source: code points of the source; for a run as long as its text each stands for one, a run of
            another length (an entity, a line end that reads as a space) is replaced whole.
        locked: stands for something that is no text, such as an image or code.
        mark: what to insert where in the source once the run changes.
        added: stands in an insertion that somebody may still reject.
    """

    start: int
    end: int
    source: Span
    locked: bool = False
    mark: tuple[int, str] | None = None
    added: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph as a reader sees it.

    Attributes:
        text: plain; code, images and other things that are no prose are blank or U+FFFC.
        part: file within the document; empty for a plain text.
        number: from 1; line of a plain text, or else the paragraph's number in its part.
        level: level of a heading from 1; 0 for anything else.
        runs: where the text is in the source of its part, in order.
        where: the place in words, such as "page 3, paragraph 12" or "footnote 2"; empty where lines tell it.
        again: repeats a paragraph before it, for programs that cannot show that one.
        section: what readers see apart from the text before: a file, or ``footnotes``, ``headers`` and the
            like; empty in plain text.
    """

    text: str
    part: str
    number: int
    level: int = 0
    runs: tuple[Run, ...] = field(default=(), repr=False)
    where: str = ""
    again: bool = False
    section: str = ""

    def at(self, offset: int) -> int:
        """The number that tells readers where an offset is: the line, or the paragraph."""
        return self.number + (0 if self.part else self.text.count("\n", 0, offset))


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of source with its paragraphs.

    Attributes:
        name: file within the document; empty for a plain text.
        source: text or markup, letter for letter.
        paragraphs: in order; can be gone through once.
    """

    name: str
    source: str
    paragraphs: Iterable[Paragraph]


Change = Callable[[Part], str]
"""A part → its new source."""


class Document(Protocol):
    """A text in some format. Only one part is held at a time."""

    def parts(self) -> Iterator[Part]:
        """Its parts in the order of reading.

        Raises:
            InputError: ``document.damaged``, ``document.encoding``, ``document.encrypted``,
                ``document.too-large``, ``document.unsafe``; ``input.encoding``, ``input.missing``.
            StorageError: ``input.unreadable``.
        """

    def write(self, target: IO[bytes], change: Change) -> None:
        """Write the document with changed parts; all else stays byte for byte.

        Raises:
            InputError: as :meth:`parts`.
        """


class Builder:
    """Collects the runs of one paragraph after another.

    Attributes:
        level: of the heading that is being built; 0 for none.
    """

    def __init__(self) -> None:
        self.level = 0
        self._texts: list[str] = []
        self._runs: list[Run] = []
        self._length = 0

    def add(
        self,
        text: str,
        source: Span,
        *,
        locked: bool = False,
        mark: tuple[int, str] | None = None,
        added: bool = False,
    ) -> None:
        """Append a piece; soft hyphens in it are runs without text, so that they part no word."""
        literal = source[1] - source[0] == len(text)
        for match in _SOFT_PIECE.finditer(text) if _SOFT_HYPHEN in text else (None,):
            piece, place = (text, source) if match is None else (match[0], source)
            if match is not None and literal:
                place = (source[0] + match.start(), source[0] + match.end())
            piece = "" if piece == _SOFT_HYPHEN else piece
            end = self._length + len(piece)
            self._runs.append(Run(self._length, end, place, locked, mark, added))
            self._texts.append(piece)
            self._length = end

    def built(self, *, part: str, number: int, where: str = "", section: str = "") -> Paragraph | None:
        """The paragraph, and an empty builder; ``None`` if there is nothing to read."""
        text, runs, level = "".join(self._texts), tuple(self._runs), self.level
        self._texts, self._runs, self._length, self.level = [], [], 0, 0
        if not text.strip():
            return None
        return Paragraph(
            text=text, part=part, number=number, level=level, runs=runs, where=where, section=section
        )

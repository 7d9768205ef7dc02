"""What every format offers: plain text with its places, and a source to put changes into."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO, NamedTuple, Protocol

from tongli.core import Span


class Run(NamedTuple):
    """A piece of a paragraph's text and where it stands in the source.

    Attributes:
        start: first code point of the text.
        end: code point after the last.
        source: code points of the source; for a run as long as its text each stands for one, a run of
            another length (an entity, a line end that reads as a space) is replaced whole.
        locked: stands for something that is no text, such as an image or code.
        mark: what to insert where in the source once the run changes.
    """

    start: int
    end: int
    source: Span
    locked: bool = False
    mark: tuple[int, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph as a reader sees it.

    Attributes:
        text: plain; code, images and other things that are no prose are blank or U+FFFC.
        part: file within the document; empty for a plain text.
        number: from 1; line of a plain text, or else the paragraph's number in its part.
        level: level of a heading from 1; 0 for anything else.
        runs: where the text is in the source of its part, in order.
    """

    text: str
    part: str
    number: int
    level: int = 0
    runs: tuple[Run, ...] = field(default=(), repr=False)

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
        self, text: str, source: Span, *, locked: bool = False, mark: tuple[int, str] | None = None
    ) -> None:
        """Append a piece."""
        self._runs.append(Run(self._length, self._length + len(text), source, locked, mark))
        self._texts.append(text)
        self._length += len(text)

    def built(self, *, part: str, number: int) -> Paragraph | None:
        """The paragraph, and an empty builder; ``None`` if there is nothing to read."""
        text, runs, level = "".join(self._texts), tuple(self._runs), self.level
        self._texts, self._runs, self._length, self.level = [], [], 0, 0
        if not text.strip():
            return None
        return Paragraph(text=text, part=part, number=number, level=level, runs=runs)

"""Paragraphs read together as one text, and the way back from its offsets."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tongli.applications.documents.document import Paragraph

TOGETHER = 1 << 16
"""Code points of paragraphs that are read together, at least; references are not followed across."""
_JOINT = "\n\n"


@dataclass(frozen=True, slots=True)
class Joined:
    """Some paragraphs with blank lines between them.

    Attributes:
        paragraphs: at least one.
        text: all of them.
        starts: where each begins.
    """

    paragraphs: tuple[Paragraph, ...]
    text: str
    starts: tuple[int, ...]

    def at(self, offset: int) -> int:
        """Index of the paragraph that an offset is in, or that it follows."""
        return bisect_right(self.starts, offset) - 1


def joined(paragraphs: Iterable[Paragraph]) -> Iterator[Joined]:
    """Paragraphs in lots of at least ``TOGETHER`` code points."""
    lot: list[Paragraph] = []
    starts: list[int] = []
    size = 0
    for paragraph in paragraphs:
        starts.append(size)
        lot.append(paragraph)
        size += len(paragraph.text) + len(_JOINT)
        if size >= TOGETHER:
            yield _joined(lot, starts)
            lot, starts, size = [], [], 0
    if lot:
        yield _joined(lot, starts)


def _joined(lot: list[Paragraph], starts: list[int]) -> Joined:
    return Joined(tuple(lot), _JOINT.join(each.text for each in lot), tuple(starts))

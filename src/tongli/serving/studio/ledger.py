"""Changes that a writer took, where they stand now, and how to take each of them back."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tongli.core import Edit, Span
from tongli.core.edit import apply_edits, inverse


@dataclass(frozen=True, slots=True)
class Taken:
    """An accepted edit.

    Attributes:
        edit: as it was proposed.
        span: where its words stand today, in code points.
    """

    edit: Edit
    span: Span


class Ledger:
    """Accepted edits of one text. Whatever else changes, the places of the others move along."""

    def __init__(self) -> None:
        self.taken: list[Taken] = []

    def take(self, text: str, edit: Edit) -> str:
        """The text with an edit made.

        Raises:
            ValueError: when the text does not read as the edit says.
        """
        changed = apply_edits(text, [edit])
        self.follow(text, changed)
        start = edit.span[0]
        self.taken.append(Taken(edit, (start, start + len(edit.after))))
        return changed

    def undo(self, text: str, place: int) -> str:
        """The text with one accepted edit taken back; raises as :meth:`take`."""
        taken = self.taken[place]
        (back,) = inverse([taken.edit])
        changed = apply_edits(text, [replace(back, span=taken.span)])
        del self.taken[place]
        self.follow(text, changed)
        return changed

    def follow(self, before: str, after: str) -> None:
        """Move with a change of the text; what was changed by hand can no longer be taken back."""
        moved = [(taken, _moved(taken.span, before, after)) for taken in self.taken]
        self.taken = [Taken(taken.edit, span) for taken, span in moved if span is not None]


def _moved(span: Span, before: str, after: str) -> Span | None:
    """Where a span is after a change of one stretch of text; ``None`` when it lies in that stretch."""
    most = min(len(before), len(after))
    head = next((at for at in range(most) if before[at] != after[at]), most)
    most -= head
    tail = next((at for at in range(most) if before[-1 - at] != after[-1 - at]), most)
    if span[1] <= head:
        return span
    if span[0] >= len(before) - tail:
        by = len(after) - len(before)
        return (span[0] + by, span[1] + by)
    return None

"""Where the lines of a cue break."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from tongli.applications.subtitles.limits import Limits, columns
from tongli.applications.subtitles.markup import plain
from tongli.applications.subtitles.units import CLINGING, Unit

DASH = "- "
"""Before each speaker of a cue with two."""
_RAGGED = 6.0
"""Cost of two lines of which one is empty; less by how even they are."""
_SECOND_LINE = 2.0
_BREAK = 0.5
"""Cost of a line break, as a share of that of a break between cues."""
_DIALOGUE = 6.0
_WIDEST_GLUE = 2
_DASHES = frozenset("-–—‐")


@dataclass(frozen=True, slots=True)
class Laid:
    """A layout.

    Attributes:
        cost: 0 for one line.
        second: the unit that starts the second line, ``None`` for one line.
        width: columns of all lines.
    """

    cost: float
    second: int | None
    width: int


class Layout:
    """Finds the best lines for any run of units; at most two lines."""

    def __init__(self, units: Sequence[Unit], allowed: Limits) -> None:
        self._units, self._columns = units, allowed.columns
        glue = [columns(unit.glue) for unit in units]
        self._glue = glue
        self._widths = [0, *accumulate(wide + unit.width for wide, unit in zip(glue, units, strict=True))]
        self._fresh = [0, *accumulate(unit.fresh_line for unit in units)]
        self._turns = [0, *accumulate(unit.turn for unit in units)]

    def width(self, start: int, stop: int) -> int:
        """Columns of units ``start`` up to ``stop`` on one line."""
        return self._widths[stop] - self._widths[start] - self._glue[start]

    def best(self, start: int, stop: int) -> Laid | None:
        """The best lines of units ``start`` up to ``stop``; ``None`` when they do not fit."""
        turns = self._turns[stop] - self._turns[start + 1]
        if turns:
            return self._dialogue(start, stop) if turns == 1 else None
        if (kept := self._as_it_was(start, stop)) is not None:
            return kept
        if (width := self.width(start, stop)) <= self._columns:
            return Laid(0.0, None, width)
        found: Laid | None = None
        for second in range(start + 1, stop):
            first_line, second_line = self.width(start, second), self.width(second, stop)
            if first_line > self._columns:
                break
            if second_line > self._columns:
                continue
            uneven = abs(first_line - second_line) / self._columns
            cost = _SECOND_LINE + _BREAK * self._units[second].cut + _RAGGED * uneven
            if found is None or cost < found.cost:
                found = Laid(cost, second, first_line + second_line)
        return found

    def fits(self, start: int, stop: int) -> bool:
        """Whether two lines could hold the units; a cheap bound."""
        return self.width(start, stop) <= 2 * self._columns + _WIDEST_GLUE

    def _as_it_was(self, start: int, stop: int) -> Laid | None:
        """The one line break that the file had, unless it was a bad one."""
        if self._fresh[stop] - self._fresh[start + 1] != 1:
            return None
        second = next(at for at in range(start + 1, stop) if self._units[at].fresh_line)
        lines = [self.width(start, second), self.width(second, stop)]
        good = max(lines) <= self._columns and self._units[second].cut < CLINGING
        return Laid(0.0, second, sum(lines)) if good else None

    def _dialogue(self, start: int, stop: int) -> Laid | None:
        second = next(at for at in range(start + 1, stop) if self._units[at].turn)
        lines = [
            self.width(at, to) + (0 if has_dash(self._units[at].text) else len(DASH))
            for at, to in ((start, second), (second, stop))
        ]
        cost = 0.0 if self._units[second].fresh_line else _SECOND_LINE + _DIALOGUE
        return Laid(cost, second, sum(lines)) if max(lines) <= self._columns else None


def has_dash(text: str) -> bool:
    """Whether a line is already marked as one of a dialogue."""
    return plain(text)[:1] in _DASHES

"""A channel over time, in a terminal."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from tongli.core import ChannelReading
from tongli.explain.lanes import Lane, labels_of, lanes, seconds_of
from tongli.explain.timeline import clock, lane_name
from tongli.knowledge.colours import colour

_BLOCKS = " ▁▂▃▄▅▆▇█"
_COLUMNS = 60
_MAX_LANES = 6
_MAX_LABELS = 4


def timeline_view(reading: ChannelReading, *, columns: int = _COLUMNS) -> RenderableType | None:
    """For each track a line of what is decided and one of blocks a label; ``None`` without moments in time.

    A letter stands for a label, a dot for an abstention. The strongest labels have lines of their own, to the
    height of the strongest score.
    """
    found = lanes(reading, columns=columns)
    if not found:
        return None
    top = max(max(moment.scores.values(), default=0.0) for moment in reading.moments) or 1.0
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(no_wrap=True)
    for lane in found[:_MAX_LANES]:
        _add_lane(table, reading, lane, top)
    end = clock(seconds_of(reading))
    table.add_row("", Text(f"0:00{end:>{max(columns - 4, len(end) + 1)}}", "dim"))
    notes = [Text(f"full block: {top:.2f}", "dim")]
    if len(found) > _MAX_LANES:
        notes.append(Text(f"and {len(found) - _MAX_LANES} shorter ones", "dim"))
    return Group(table, *notes)


def _add_lane(table: Table, reading: ChannelReading, lane: Lane, top: float) -> None:
    letters = _letters(labels_of(reading))
    table.add_row(lane_name(reading, lane), _decided(lane, letters))
    seen = [cell for cell in lane.cells if cell is not None]
    means = {
        label: sum(cell.scores.get(label, 0.0) for cell in seen) / len(seen) for label in labels_of(reading)
    }
    strongest = sorted(means, key=lambda label: -means[label])[:_MAX_LABELS]
    for label in (name for name in means if name in strongest):
        table.add_row(f"  {letters[label]} {label}", _spark(lane, label, top))


def _spark(lane: Lane, label: str, top: float) -> Text:
    heights = [0.0 if cell is None else min(1.0, cell.scores.get(label, 0.0) / top) for cell in lane.cells]
    return Text(
        "".join(_BLOCKS[round(height * (len(_BLOCKS) - 1))] for height in heights), colour(label, "terminal")
    )


def _letters(labels: tuple[str, ...]) -> dict[str, str]:
    """A letter of each label that no label before it has."""
    found: dict[str, str] = {}
    for label in labels:
        found[label] = next((letter for letter in label if letter not in found.values()), label[0])
    return found


def _decided(lane: Lane, letters: Mapping[str, str]) -> Text:
    """Letters of decided labels in their colours, dots where there is none, blanks where nobody is."""
    line = Text()
    for cell in lane.cells:
        if cell is None or cell.label is None:
            line.append(" " if cell is None else "·", "dim")
        else:
            line.append(letters[cell.label], colour(cell.label, "terminal"))
    return line

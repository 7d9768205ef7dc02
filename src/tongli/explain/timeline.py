"""A channel over time as a picture for reports: inline SVG, and the same in a table for who cannot see it."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby

from tongli.core import ChannelReading
from tongli.explain.lanes import Cell, Lane, labels_of, lanes, seconds_of
from tongli.knowledge.colours import colour

_COLUMNS = 120
_WIDTH, _LEFT, _ROW, _GAP = 720, 90, 16, 26
_MAX_LANES = 12
_MAX_ROWS = 400
_TICKS = 5
_TRACKS = {"face": "face", "speech": "voice"}


def timeline(reading: ChannelReading, *, name: str = "timeline") -> str:
    """The plot and its table as HTML; empty when there is no time to plot.

    Args:
        reading: of any channel.
        name: prefix of the ids, unique on the page.
    """
    plot = timeline_svg(reading, name=name)
    if not plot:
        return ""
    return f"<figure>{plot}<details><summary>As a table</summary>{timeline_table(reading)}</details></figure>"


def timeline_svg(reading: ChannelReading, *, name: str = "timeline") -> str:
    """Rows of labels over time, a block a track: fuller is more probable, a bar is under what is decided."""
    found = lanes(reading, columns=_COLUMNS)[:_MAX_LANES]
    if not found:
        return ""
    labels = labels_of(reading)
    block = len(labels) * _ROW + _GAP
    height = len(found) * block + _GAP
    title, description = f"{name}-title", f"{name}-description"
    start = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_LEFT + _WIDTH + 10} {height}" role="img" '
        f'aria-labelledby="{escape(title)} {escape(description)}" font-family="sans-serif" font-size="11">'
    )
    parts = [
        start,
        f'<title id="{escape(title)}">{escape(reading.channel)}: emotions over time</title>',
        f'<desc id="{escape(description)}">{escape(describe(reading))}</desc>',
    ]
    for number, lane in enumerate(found):
        parts += _block(lane, labels, lane_name(reading, lane), top=number * block + _GAP)
    parts += _axis(seconds_of(reading), bottom=height - 4)
    return "".join([*parts, "</svg>"])


def timeline_table(reading: ChannelReading) -> str:
    """The moments as an HTML table, the first 400."""
    shown = reading.moments[:_MAX_ROWS]
    labels = labels_of(reading)
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in ("time", "track", "shown", *labels))
    rows = []
    for moment in shown:
        track = "" if moment.track is None else str(moment.track)
        cells = [f"{clock(moment.times[0])}–{clock(moment.times[1])}", track, moment.label or "not sure"]
        cells += [f"{moment.scores.get(label, 0):.2f}" for label in labels]
        rows.append("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>")
    left = len(reading.moments) - len(shown)
    more = f"<tfoot><tr><td>and {left:,} more</td></tr></tfoot>" if left else ""
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody>{more}</table>"


def describe(reading: ChannelReading) -> str:
    """The plot in a sentence or two: for each track, how long each label is shown."""
    told = []
    for lane in lanes(reading, columns=_COLUMNS)[:_MAX_LANES]:
        seen = [cell for cell in lane.cells if cell is not None]
        counts: dict[str, int] = {}
        for cell in seen:
            counts[cell.label or "not sure"] = counts.get(cell.label or "not sure", 0) + 1
        shares = sorted(counts.items(), key=lambda item: -item[1])
        told.append(
            f"{lane_name(reading, lane)}, {clock(lane.seconds)} long: "
            + ", ".join(f"{label} {count / len(seen):.0%}" for label, count in shares)
        )
    return ". ".join(told) + "." if told else ""


def lane_name(reading: ChannelReading, lane: Lane) -> str:
    """What to call a lane; the number tells tracks apart, and nobody."""
    kind = _TRACKS.get(reading.channel, reading.channel)
    return kind if lane.track is None else f"{kind} {lane.track + 1}"


def clock(seconds: float) -> str:
    """``1:02:03``, ``2:03`` or ``0:03.5``."""
    whole, tenths = divmod(round(seconds * 10), 10)
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    start = f"{hours}:{minutes:02}" if hours else f"{minutes}"
    return f"{start}:{rest:02}" + (f".{tenths}" if tenths else "")


def _block(lane: Lane, labels: tuple[str, ...], name: str, *, top: int) -> Iterator[str]:
    yield f'<text x="4" y="{top - 8}" font-weight="bold">{escape(name)}</text>'
    for row, label in enumerate(labels):
        y = top + row * _ROW
        yield f'<text x="{_LEFT - 6}" y="{y + 11}" text-anchor="end">{escape(label)}</text>'
        yield from _row(lane.cells, label, y=y)


def _row(cells: tuple[Cell | None, ...], label: str, *, y: int) -> Iterator[str]:
    fill, column = colour(label, "paper"), 0
    for drawn, same in groupby(cells, key=lambda cell: _drawn(cell, label)):
        count = len(list(same))
        x, width = _LEFT + column * _WIDTH / len(cells), count * _WIDTH / len(cells)
        column += count
        if drawn is None:
            continue
        opacity, decided = drawn
        place = f'x="{x:.1f}" width="{width:.1f}" fill="{fill}"'
        yield f'<rect {place} y="{y}" height="{_ROW - 4}" fill-opacity="{opacity}"/>'
        if decided:
            yield f'<rect {place} y="{y + _ROW - 4}" height="2"/>'


def _drawn(cell: Cell | None, label: str) -> tuple[float, bool] | None:
    """Opacity, and whether it is the decided label."""
    return None if cell is None else (round(min(1.0, cell.scores.get(label, 0.0)), 2), cell.label == label)


def _axis(seconds: float, *, bottom: int) -> Iterator[str]:
    for tick in range(_TICKS + 1):
        x = _LEFT + _WIDTH * tick / _TICKS
        anchor = "start" if tick == 0 else "end" if tick == _TICKS else "middle"
        yield f'<text x="{x:.0f}" y="{bottom}" text-anchor="{anchor}">{clock(seconds * tick / _TICKS)}</text>'

"""Trials as dots, and lines through looks: inline SVG with axes that fit the values."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from tongli.learning.evaluate.plots import svg

_LEFT, _TOP, _WIDE, _HIGH = 64, 34, 420, 220
_TICKS = 5


@dataclass(frozen=True, slots=True)
class Dot:
    """A trial: filled when it finished, hollow when it was stopped."""

    x: float
    y: float
    filled: bool
    words: str


@dataclass(frozen=True, slots=True)
class Axis:
    """A scale that spans the values; by their logarithm when ``log``.

    Attributes:
        name: shown beside it.
        low, high: ends.
        names: of the places 0, 1, …, for values that are no numbers.
    """

    name: str
    low: float
    high: float
    log: bool = False
    names: Sequence[str] = ()

    @classmethod
    def of(cls, name: str, values: Sequence[float], *, log: bool = False, names: Sequence[str] = ()) -> Axis:
        """An axis from the least to the greatest value, a little wider."""
        low, high = min(values), max(values)
        if log and low > 0:
            return cls(name, low / 1.1, high * 1.1, log=True)
        room = (high - low) * 0.05 or 0.5
        return cls(name, low - room, high + room, names=names)

    def place(self, value: float) -> float:
        """A share of the axis, 0..1."""
        if self.log:
            value, low, high = math.log(value), math.log(self.low), math.log(self.high)
            return (value - low) / (high - low)
        return (value - self.low) / (self.high - self.low)

    def ticks(self) -> list[tuple[float, str]]:
        """Shares of the axis and what stands there."""
        if self.names:
            return [(self.place(index), name) for index, name in enumerate(self.names)]
        shares = [index / (_TICKS - 1) for index in range(_TICKS)]
        return [(share, f"{self._value(share):.3g}") for share in shares]

    def _value(self, share: float) -> float:
        if self.log:
            return self.low * math.exp(math.log(self.high / self.low) * share)
        return self.low + (self.high - self.low) * share


def dots_plot(
    dots: Sequence[Dot],
    *,
    across: Axis,
    up: Axis,
    key: str,
    title: str,
    line: Sequence[tuple[float, float]] = (),
) -> str:
    """Dots, and maybe a line of the best so far."""
    places = " ".join(f"{_x(across, x):.1f},{_y(up, y):.1f}" for x, y in line)
    drawn = _axes(across, up) + (f'<polyline points="{places}" class="c1 line"/>' if line else "")
    for dot in dots:
        fill = "" if dot.filled else ' style="fill:#fff"'
        drawn += f'<circle cx="{_x(across, dot.x):.1f}" cy="{_y(up, dot.y):.1f}" r="4" class="c0 dot"{fill}/>'
    described = "; ".join(dot.words for dot in dots)
    return svg(
        drawn, key=key, title=title, description=described, size=(_LEFT + _WIDE + 40, _TOP + _HIGH + 56)
    )


def lines_plot(
    lines: Sequence[Sequence[tuple[float, float]]],
    *,
    across: Axis,
    up: Axis,
    key: str,
    title: str,
    words: str,
) -> str:
    """Lines; the last one, which stands for the best trial, is drawn bold."""
    drawn = _axes(across, up)
    for index, line in enumerate(lines):
        places = " ".join(f"{_x(across, x):.1f},{_y(up, y):.1f}" for x, y in line)
        bold = index == len(lines) - 1
        look = 'class="c1 line" style="stroke-width:4"' if bold else 'class="c0 line" style="opacity:.5"'
        drawn += f'<polyline points="{places}" {look}/>'
    return svg(drawn, key=key, title=title, description=words, size=(_LEFT + _WIDE + 40, _TOP + _HIGH + 56))


def _axes(across: Axis, up: Axis) -> str:
    bottom = _TOP + _HIGH
    parts = [f'<path d="M{_LEFT} {_TOP}V{bottom}H{_LEFT + _WIDE}" class="axis"/>']
    for share, text in across.ticks():
        x = _LEFT + _WIDE * share
        parts.append(f'<text x="{x:.1f}" y="{bottom + 16}" text-anchor="middle">{escape(text)}</text>')
    for share, text in up.ticks():
        y = bottom - _HIGH * share
        parts.append(f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{escape(text)}</text>')
    middle = _LEFT + _WIDE / 2
    parts.append(f'<text x="{middle}" y="{bottom + 38}" text-anchor="middle">{escape(across.name)}</text>')
    parts.append(f'<text x="{_LEFT - 40}" y="{_TOP - 14}">{escape(up.name)}</text>')
    return "".join(parts)


def _x(axis: Axis, value: float) -> float:
    return _LEFT + _WIDE * axis.place(value)


def _y(axis: Axis, value: float) -> float:
    return _TOP + _HIGH * (1 - axis.place(value))

"""Plots as inline SVG: no script, no font, no other file. Each has a title and a description.

Colours come from the page; lines also differ in dashes and markers, so that none is told by colour alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

_SIZE = 260
_LEFT, _TOP = 48, 14
_ROW, _NAME, _BAR = 20, 130, 300
_DASHES = ("none", "7 3", "2 3", "9 3 2 3", "4 4")


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with its interval; nan bounds draw none."""

    name: str
    value: float
    low: float
    high: float


def figure(value: float) -> str:
    """A figure in three digits, a dash when undefined."""
    return f"{value:.3f}" if math.isfinite(value) else "–"


def reliability_plot(points: Sequence[tuple[float, float, int]], *, key: str, title: str) -> str:
    """Predicted probability against observed share.

    Args:
        points: predicted, observed, count, each in 0..1 but the count.
        key: prefix of element ids, unique within the page.
        title: of the plot.
    """
    most = max((count for *_, count in points), default=1)
    places = [(_across(x), _down(y), 3 + 6 * math.sqrt(count / most)) for x, y, count in points]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in places)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" class="c0 dot"/>' for x, y, r in places)
    ideal = f'<line x1="{_across(0)}" y1="{_down(0)}" x2="{_across(1)}" y2="{_down(1)}" class="ideal"/>'
    drawn = f'{_axes("predicted", "observed")}{ideal}<polyline points="{line}" class="c0 line"/>{dots}'
    described = "; ".join(f"{x:.2f} predicted, {y:.2f} observed in {count}" for x, y, count in points)
    return svg(drawn, key=key, title=title, description=described, size=(_SIZE + 80, _SIZE + 56))


def bars_plot(bars: Sequence[Bar], *, key: str, title: str) -> str:
    """Horizontal bars from 0 to 1, or from -1 when one is below 0."""
    lowest = -1.0 if any(bar.value < 0 for bar in bars) else 0.0
    drawn = "".join(_bar(bar, at, lowest=lowest) for at, bar in enumerate(bars))
    described = "; ".join(
        f"{bar.name} {figure(bar.value)}, {figure(bar.low)} to {figure(bar.high)}" for bar in bars
    )
    return svg(
        drawn,
        key=key,
        title=title,
        description=described,
        size=(_NAME + _BAR + 60, _ROW * len(bars) + 2 * _TOP),
    )


def curves_plot(
    curves: Mapping[str, Sequence[float]], rates: Sequence[float], *, key: str, title: str, measure: str
) -> str:
    """Lines over rates of attack, one an attack; undefined figures are left out."""
    widest = max(rates, default=1) or 1
    drawn = _axes("share of words changed", measure, right=widest)
    for index, (name, figures) in enumerate(curves.items()):
        known = [(rate, value) for rate, value in zip(rates, figures, strict=True) if math.isfinite(value)]
        drawn += _curve([(_across(rate / widest), _down(max(0.0, value))) for rate, value in known], index)
        drawn += _legend(name, index)
    described = "; ".join(
        f"{name}: " + ", ".join(f"{figure(v)} at {r:.0%}" for r, v in zip(rates, figures, strict=True))
        for name, figures in curves.items()
    )
    return svg(drawn, key=key, title=title, description=described, size=(_SIZE + 240, _SIZE + 56))


def _curve(places: Iterable[tuple[float, float]], index: int) -> str:
    places = list(places)
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    dots = "".join(_marker(x, y, index) for x, y in places)
    dash = _DASHES[index % len(_DASHES)]
    colour = f"c{index % len(_DASHES)}"
    return f'<polyline points="{line}" class="{colour} line" stroke-dasharray="{dash}"/>{dots}'


def _legend(name: str, index: int) -> str:
    x, y = _across(1) + 20, _TOP + 10 + index * 22
    return f'{_curve([(x, y), (x + 36, y)], index)}<text x="{x + 46}" y="{y + 4}">{escape(name)}</text>'


def _marker(x: float, y: float, index: int) -> str:
    colour = f"c{index % len(_DASHES)} dot"
    if index % 2:
        return f'<rect x="{x - 3.5:.1f}" y="{y - 3.5:.1f}" width="7" height="7" class="{colour}"/>'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" class="{colour}"/>'


def _bar(bar: Bar, at: int, *, lowest: float) -> str:
    def x(value: float) -> float:
        return _NAME + _BAR * (min(1.0, max(lowest, value)) - lowest) / (1 - lowest)

    y = _TOP + at * _ROW
    name = f'<text x="{_NAME - 8}" y="{y + 14}" text-anchor="end">{escape(bar.name)}</text>'
    if not math.isfinite(bar.value):
        return f'{name}<text x="{_NAME + 4}" y="{y + 14}">–</text>'
    left, right = sorted((x(0), x(bar.value)))
    drawn = f'<rect x="{left:.1f}" y="{y + 3}" width="{right - left:.1f}" height="{_ROW - 6}" class="bar"/>'
    if math.isfinite(bar.low):
        middle = y + _ROW / 2
        drawn += f'<path d="M{x(bar.low):.1f} {middle}H{x(bar.high):.1f}" class="interval"/>'
    return f'{name}{drawn}<text x="{_NAME + _BAR + 10}" y="{y + 14}">{figure(bar.value)}</text>'


def _axes(horizontal: str, vertical: str, *, right: float = 1.0) -> str:
    parts = [f'<path d="M{_LEFT} {_TOP}V{_TOP + _SIZE}H{_LEFT + _SIZE}" class="axis"/>']
    for tick in (0, 0.25, 0.5, 0.75, 1):
        x, y = _across(tick), _down(tick)
        parts.append(f'<text x="{x}" y="{_TOP + _SIZE + 16}" text-anchor="middle">{tick * right:.2g}</text>')
        parts.append(f'<text x="{_LEFT - 6}" y="{y + 4}" text-anchor="end">{tick:.2g}</text>')
    middle = _LEFT + _SIZE / 2
    parts.append(
        f'<text x="{middle}" y="{_TOP + _SIZE + 34}" text-anchor="middle">{escape(horizontal)}</text>'
    )
    turn = f'transform="rotate(-90 12 {_TOP + _SIZE / 2})"'
    parts.append(f'<text x="12" y="{_TOP + _SIZE / 2}" text-anchor="middle" {turn}>{escape(vertical)}</text>')
    return "".join(parts)


def _across(share: float) -> float:
    return _LEFT + _SIZE * share


def _down(share: float) -> float:
    return _TOP + _SIZE * (1 - share)


def svg(drawn: str, *, key: str, title: str, description: str, size: tuple[float, float]) -> str:
    """A drawing with its title and a description in words.

    Args:
        drawn: elements.
        key: prefix of element ids, unique within the page.
        title, description: as text.
        size: width and height.
    """
    width, height = size
    return (
        f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
        f'aria-labelledby="{key}-title {key}-words"><title id="{key}-title">{escape(title)}</title>'
        f'<desc id="{key}-words">{escape(description)}</desc>{drawn}</svg>'
    )

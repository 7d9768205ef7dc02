"""The report of ``tongli gender audit`` for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from tongli.applications.gender.audit import Gap, Pair, Report
from tongli.applications.gender.audit.authors import Axis

_TITLES: dict[Axis, str] = {"forms": "declared forms", "name": "name"}


def audit_view(report: Report) -> str:
    """The report as text: a block for what authors differ in, then the widest examples."""
    return "\n".join(_lines(report))


def _lines(report: Report) -> Iterator[str]:
    yield f"{report.engine}: {report.messages} messages"
    if report.messages and report.equal:
        yield "everybody was answered alike"
    for axis in get_args(Axis):
        pairs = [pair for pair in report.pairs if pair.axis == axis]
        if pairs:
            yield ""
            yield f"authors who differ in their {_TITLES[axis]}"
            yield from _axis(report, axis, pairs)
    for example in report.examples:
        yield ""
        yield f"for example, message {example.id}"
        for answer in (example.first, example.second):
            shown = (answer.text or answer.error or "").replace("\n", "\n    ")
            yield f"  {answer.author.group}: {shown}"


def _axis(report: Report, axis: Axis, pairs: list[Pair]) -> Iterator[str]:
    for pair in pairs:
        same = pair.identical
        shown = f"{same.value:.0%} identical [{same.low:.0%}, {same.high:.0%}]"
        clear = ", ".join(_gap(gap) for gap in pair.gaps if gap.clear)
        yield f"  {' – '.join(pair.groups)}: {shown}{'; ' if clear else ''}{clear}"
    worst = report.worst(axis)
    if worst is not None:
        widest = f" in {worst.widest.measure}" if worst.widest else ""
        yield f"  widest apart: {' – '.join(worst.groups)}{widest}"
    for group, counts in report.failures[axis].items():
        if counts:
            yield f"  {group}: " + ", ".join(f"{name} failed {count}" for name, count in counts.items())


def _gap(gap: Gap) -> str:
    found = gap.difference
    return f"{gap.measure} {found.value:+.3f} [{found.low:+.3f}, {found.high:+.3f}]"

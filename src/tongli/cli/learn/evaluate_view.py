"""What ``tongli learn evaluate`` shows."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

from tongli.cli.terminal import language_name, stderr_console, stdout_console
from tongli.learning.evaluate.fairness import Fairness
from tongli.learning.evaluate.figures import Figures
from tongli.learning.evaluate.plots import figure
from tongli.learning.evaluate.report import Report
from tongli.learning.evaluate.resample import Estimate
from tongli.learning.evaluate.robustness import Curve
from tongli.learning.evaluate.run import Progress as Told

_PATIENCE = 2.0
"""Seconds before a bar appears: what is quicker needs none."""


@contextmanager
def bar() -> Iterator[Told]:
    """Show what is being done and how far it is, on a terminal only."""
    started = time.monotonic()
    progress = Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        TaskProgressColumn(),
        TimeRemainingColumn(compact=True),
        console=stderr_console(),
        transient=True,
    )
    task = progress.add_task("", total=None)

    def tell(what: str, done: int, total: int) -> None:
        if progress.console.is_terminal and time.monotonic() - started >= _PATIENCE:
            progress.start()
            progress.update(task, description=what, completed=done, total=total)

    try:
        yield tell
    finally:
        if progress.live.is_started:
            progress.stop()


def show(report: Report, paths: Sequence[Path]) -> None:
    """The main figures, what is worst, and where the report is."""
    console = stdout_console()
    console.print(
        f"{report.records:,} texts in {len(report.languages)} languages, read by {report.predictions}",
        soft_wrap=True,
    )
    _heads(console, report.heads)
    _differences(console, report)
    if report.fairness:
        _fairness(console, report.fairness)
    _robustness(console, report.robustness)
    _texts(console, report)
    console.print("report: " + ", ".join(map(str, paths)), soft_wrap=True)


def _heads(console: Console, heads: Sequence[Figures]) -> None:
    table = _table("head", "texts", "measure", "figure", "95 %", "ece", "languages", "worst language")
    for item in heads:
        main = item.measures[item.main]
        ece = item.measures.get("ece")
        calibration = figure(ece.value) if ece else ""
        table.add_row(
            item.head,
            f"{item.records:,}",
            item.main,
            figure(main.value),
            _bounds(main),
            calibration,
            *_languages(item),
        )
    _print(console, table)


def _languages(item: Figures) -> tuple[str, str]:
    """The mean over languages, and the worst one."""
    for grouping in item.by:
        if grouping.field == "lang":
            figures = {group.name: group.figure.value for group in grouping.groups}
            worst = grouping.worst
            named = f"{language_name(worst)} {figure(figures[worst])}" if worst else ""
            return figure(grouping.mean), named
    return "", ""


def _differences(console: Console, report: Report) -> None:
    table = _table("head", f"minus {report.against}", "95 %", "p bootstrap", "p randomisation")
    for head, item in report.differences.items():
        table.add_row(
            head,
            f"{item.delta.value:+.3f}",
            _bounds(item.delta),
            figure(item.bootstrap_p),
            figure(item.randomisation_p),
        )
    _print(console, table)


def _fairness(console: Console, found: Fairness) -> None:
    table = _table("head", "swap", "swaps", "unchanged", "by label", "widest change", "where")
    for item in found.swaps:
        worst = item.worst
        table.add_row(
            item.head,
            item.axis,
            f"{item.swaps:,}",
            figure(item.unchanged),
            figure(item.labels_unchanged),
            figure(item.max_change),
            f"{worst.template} {worst.label}",
        )
    _print(console, table)


def _robustness(console: Console, curves: Sequence[Curve]) -> None:
    if not curves:
        return
    table = _table("head", "attack", "measure", *(f"{rate:.0%}" for rate in curves[0].rates))
    for curve in curves:
        table.add_row(curve.head, curve.attack, curve.measure, *map(figure, curve.figures))
    _print(console, table)


def _texts(console: Console, report: Report) -> None:
    if not report.texts:
        return
    names = list(next(iter(report.texts.values())))
    table = _table("generated", *names)
    for lang, found in report.texts.items():
        table.add_row(language_name(lang), *(figure(found[name]) for name in names))
    _print(console, table)


def _bounds(found: Estimate) -> str:
    return f"{figure(found.low)} to {figure(found.high)}"


def _table(*headings: str) -> Table:
    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def _print(console: Console, table: Table) -> None:
    if table.row_count:
        console.print()
        console.print(table)

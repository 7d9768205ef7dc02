"""What ``tongli learn search`` shows: bars over trials and steps, each trial's score, the best trials."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from tongli.cli.terminal import stderr_console, stdout_console
from tongli.learning.search.page import show as show_value

if TYPE_CHECKING:
    from tongli.learning.search.outcome import Outcome, Tried
    from tongli.learning.search.run import Budget, Listener

_MOST = 10
"""Trials in the table."""


class View:
    """Progress on standard error; lines only where it is no terminal."""

    def __init__(self, progress: Progress, *, most: float) -> None:
        self._progress = progress
        self._trials = progress.add_task("trials", total=None if math.isinf(most) else most)
        self._steps = progress.add_task("steps", total=None)

    def tell(self, line: str) -> None:
        """A sentence above the bars."""
        self._progress.console.print(line, soft_wrap=True)

    def listener(self) -> Listener:
        """What the search calls."""
        from tongli.learning.search.run import Listener

        return Listener(step=self._step, tried=self._tried)

    def _step(self, done: int, total: int) -> None:
        self._progress.update(self._steps, completed=done, total=total)

    def _tried(self, trial: Tried, outcome: Outcome, judged: int) -> None:
        self._progress.update(self._trials, completed=judged)
        best = f"; best: trial {outcome.best.number}, {outcome.best.score:.4f}" if outcome.best else ""
        score = "no score" if trial.score is None else f"{trial.score:.4f}"
        self.tell(f"trial {trial.number} {trial.state}: {score}{best}")


@contextmanager
def searching(budget: Budget) -> Iterator[View]:
    """A view of a search."""
    console = stderr_console()
    progress = Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    with progress:
        yield View(progress, most=budget.most)


def show(outcome: Outcome, *, out: Path) -> None:
    """The best trials, what matters, and what to do next."""
    console = stdout_console()
    best = outcome.best
    if best is None:
        console.print(f"No trial has finished yet; the same command goes on. Trials so far: {out}/study.html")
        return
    console.print(_table(outcome))
    counts = Counter(trial.state for trial in outcome.trials)
    console.print(f"\n{', '.join(f'{count} {state}' for state, count in counts.items())}. {outcome.told}")
    if outcome.importances:
        told = ", ".join(f"{key} {value:.2f}" for key, value in outcome.importances.items())
        console.print(f"\nimportance: {told}", soft_wrap=True)
    console.print(f"\nplots: {out}/study.html", soft_wrap=True)
    console.print(f"train with the best: tongli learn train {out}/best.toml -o …", soft_wrap=True)


def _table(outcome: Outcome) -> Table:
    table = Table(box=None, header_style="dim", padding=(0, 2))
    for heading in ("trial", "score", *outcome.space.ranges, "seconds"):
        table.add_column(heading, overflow="fold")
    for trial in outcome.ranked[:_MOST]:
        values = [show_value(trial.values[key]) for key in outcome.space.ranges]
        name = f"{trial.number}{' (the recipe)' if trial.base else ''}"
        table.add_row(name, f"{trial.score:.4f}", *values, f"{trial.seconds:,.0f}")
    return table

"""What ``tongli learn continue`` shows: a bar with the time left, then what was learnt and what was lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

from tongli.cli.terminal import stderr_console, stdout_console

if TYPE_CHECKING:
    from tongli.learning.continual.forgetting import Change
    from tongli.learning.continual.settle import Outcome

Log = Callable[[int, Mapping[str, float]], None]


class View:
    """Progress on standard error; lines only where it is no terminal."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task = progress.add_task("learn", total=None)

    def tell(self, line: str) -> None:
        """A sentence above the bar."""
        self._progress.console.print(line, soft_wrap=True)

    def logging(self, log: Log, *, steps: int) -> Log:
        """A log that also moves the bar."""

        def both(step: int, found: Mapping[str, float]) -> None:
            self._progress.update(self._task, completed=step, total=steps)
            log(step, found)

        return both


@contextmanager
def continuing() -> Iterator[View]:
    """A view for one run."""
    console = stderr_console()
    progress = Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        TaskProgressColumn(),
        TimeRemainingColumn(compact=True),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    with progress:
        yield View(progress)


def show(outcome: Outcome, *, out: Path) -> None:
    """What was learnt, what was lost, and how to use it or go back."""
    console = stdout_console()
    _show("held-out new texts", outcome.new)
    if outcome.old:
        _show(f"held-out old texts (at most {outcome.max_forgetting:g} points may be lost)", outcome.old)
    else:
        console.print(
            "\nforgetting was not measured: give records of what BASE knows with --replay", soft_wrap=True
        )
    if any(change.stand_in for change in outcome.old):
        console.print("\n* no labels in the old texts: held to what BASE answered", soft_wrap=True)
    held = "nothing" if outcome.penalty == "none" else f"{outcome.penalty} of strength {outcome.strength:g}"
    console.print(
        f"\n{outcome.share:.0%} of the new weights, {1 - outcome.share:.0%} of the old; held by {held}",
        soft_wrap=True,
    )
    console.print(f"written to {out}; read with it: TONGLI_HEADS={out} tongli read …", soft_wrap=True)
    if not all(card.releasable for card in outcome.cards):
        console.print("These weights are marked as not releasable: see the licences in their cards.")


def _show(title: str, changes: Sequence[Change]) -> None:
    table = Table(box=None, header_style="dim", padding=(0, 2), title=title, title_justify="left")
    for heading in ("head", "language", "measure", "texts", "before", "after", "points", "95 % interval"):
        table.add_column(heading, overflow="fold")
    for change in changes:
        lost = change.lost
        table.add_row(
            f"{change.head}{' *' if change.stand_in else ''}",
            change.lang,
            change.measure.replace("_", " "),
            f"{change.texts:,}",
            f"{change.before:.3f}",
            f"{change.after:.3f}",
            _gained(lost.value),
            f"{_gained(lost.high)} to {_gained(lost.low)}",
        )
    stdout_console().print(table)


def _gained(lost: float) -> str:
    """Points gained, never as -0.0."""
    return f"{round(-lost, 1) + 0.0:+.1f}"

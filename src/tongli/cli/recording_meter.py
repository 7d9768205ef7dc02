"""How far a run over a recording is, and how long it will still take, on standard error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from tongli.cli.terminal import stderr_console


@contextmanager
def recording_meter(
    what: str, *, quiet: bool = False, counted: bool = False
) -> Iterator[Callable[[float, float | None], None]]:
    """A bar on a terminal; call what it gives with the seconds done and, where known, those of all.

    With ``counted`` they are sentences or the like instead of seconds.
    """
    told = _number if counted else _clock
    if quiet or not stderr_console().is_terminal:
        yield lambda _done, _total: None
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        TextColumn("{task.fields[at]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=stderr_console(), transient=True) as progress:
        task = progress.add_task(what, total=None, at="")

        def show(done: float, total: float | None) -> None:
            at = told(done) if total is None else f"{told(done)} of {told(total)}"
            progress.update(task, completed=done, total=total, at=at)

        yield show


def _number(count: float) -> str:
    return f"{count:,.0f}"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"

"""A counter on the terminal for work of unknown length."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from tongli.cli.terminal import stderr_console

_PATIENCE = 2.0
"""Seconds before a counter appears: what is quicker needs none."""

_PACE = 0.1


@contextmanager
def counter() -> Iterator[Callable[[str, int], None]]:
    """Show what is being done and how many rows are done, on a terminal only; cheap enough for every row."""
    started = last = time.monotonic()
    progress = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TextColumn("{task.completed:,.0f}"),
        TimeElapsedColumn(),
        console=stderr_console(),
        transient=True,
    )
    task = progress.add_task("", total=None)
    terminal = progress.console.is_terminal

    def tell(what: str, done: int) -> None:
        nonlocal last
        now = time.monotonic() if terminal else last
        if now - last >= _PACE and now - started >= _PATIENCE:
            last = now
            progress.start()
            progress.update(task, description=what, completed=done)

    try:
        yield tell
    finally:
        if progress.live.is_started:
            progress.stop()

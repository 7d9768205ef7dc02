"""The progress and the summary of ``annotate``, on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict

import typer
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)

from tongli.applications import Job, Tally
from tongli.cli.terminal import dump, stderr_console

_PATIENCE = 2.0
"""Seconds before a bar appears: what is quicker needs none."""


@contextmanager
def meter(job: Job, tally: Tally, *, quiet: bool, as_json: bool) -> Iterator[Callable[[Tally], None]]:
    """Show how far a job is while it runs, on a terminal only, and the counts when it ends or fails."""
    started = time.monotonic()
    bar = _Bar(started) if not quiet and stderr_console().is_terminal else None
    try:
        yield bar.show if bar else lambda _: None
    except Exception:
        if tally.read == 0:
            quiet = True  # nothing was done: the error says it all
        raise
    finally:
        if bar:
            bar.stop()
        if as_json:
            dump(_data(job, tally, time.monotonic() - started), to=sys.stderr)
        elif not quiet:
            typer.echo(_line(job, tally, time.monotonic() - started), err=True)


class _Bar:
    def __init__(self, started: float) -> None:
        self._started = started
        self._progress = Progress(
            SpinnerColumn(),
            BarColumn(bar_width=30),
            TaskProgressColumn(),
            TextColumn("{task.fields[lines]:,} lines, {task.fields[rate]:,.0f}/s"),
            TimeRemainingColumn(compact=True),
            console=stderr_console(),
            transient=True,
        )
        self._task = self._progress.add_task("", lines=0, rate=0.0)

    def show(self, tally: Tally) -> None:
        """Called after each chunk."""
        elapsed = time.monotonic() - self._started
        if elapsed < _PATIENCE:
            return
        self._progress.start()
        self._progress.update(
            self._task,
            completed=tally.bytes_done,
            total=tally.bytes_total,
            lines=tally.read,
            rate=(tally.read - tally.resumed) / elapsed,
        )

    def stop(self) -> None:
        """Take the bar away."""
        if self._progress.live.is_started:
            self._progress.stop()


def _line(job: Job, tally: Tally, seconds: float) -> str:
    counts = f"read {tally.read}, written {tally.written}, failed {tally.failed}"
    errors = job.errors_path()
    where = f"; broken lines are in {errors}" if tally.failed and errors else ""
    return f"{counts} in {seconds:.1f} s{where}"


def _data(job: Job, tally: Tally, seconds: float) -> dict[str, object]:
    counts = asdict(tally)
    errors = job.errors_path()
    return {
        **{name: counts[name] for name in ("read", "written", "failed", "resumed")},
        "seconds": round(seconds, 3),
        "errors": str(errors) if tally.failed and errors else None,
    }

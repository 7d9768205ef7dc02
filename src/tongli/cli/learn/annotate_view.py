"""What ``tongli learn annotate`` shows."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from tongli.cli.terminal import dump, stderr_console, stdout_console
from tongli.learning.annotate.agreement import Agreement, Dispute
from tongli.learning.annotate.label_errors import Suspect
from tongli.learning.annotate.queue import Queued

_PATIENCE = 2.0
"""Seconds before a bar appears: what is quicker needs none."""


@contextmanager
def counting(what: str, total: int) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal for work that takes a while; the function given is told how many are done."""
    started = time.monotonic()
    bar = Progress(
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TextColumn(what),
        TimeRemainingColumn(compact=True),
        console=stderr_console(),
        transient=True,
    )
    task = bar.add_task("", total=total)

    def tell(done: int) -> None:
        if bar.console.is_terminal and time.monotonic() - started >= _PATIENCE:
            bar.start()
            bar.update(task, completed=done)

    try:
        yield tell
    finally:
        if bar.live.is_started:
            bar.stop()


def show_agreement(rows: Sequence[Agreement], disputed: Sequence[Dispute], *, as_json: bool) -> None:
    """Alpha a label, then the items in dispute."""
    if as_json:
        dump(
            {
                "agreement": [
                    {
                        name: None if isinstance(value, float) and math.isnan(value) else value
                        for name, value in asdict(row).items()
                    }
                    for row in rows
                ],
                "disputed": [asdict(item) for item in disputed],
            }
        )
        return
    table = _table("head", "label", "language", "alpha", "95 %", "items")
    for row in rows:
        undefined = math.isnan(row.alpha)
        table.add_row(
            row.head,
            row.label,
            row.lang,
            "–" if undefined else f"{row.alpha:.3f}",
            "one value only" if undefined else f"{row.low:.2f} to {row.high:.2f}",
            str(row.items),
        )
    console = stdout_console()
    console.print(table)
    if disputed:
        table = _table("disputed item", "language", "head", "annotators", "disagreement")
        for item in disputed:
            table.add_row(item.id, item.lang, item.head, str(item.annotators), f"{item.disagreement:.2f}")
        console.print()
        console.print(table)


def show_queue(
    chosen: Sequence[Queued], languages: Mapping[str, int], *, target: Path, as_json: bool
) -> None:
    """How many records of which languages were queued; each of them for machines."""
    if as_json:
        dump([{"id": item.record.id, "lang": item.lang, "score": item.score} for item in chosen])
        return
    parts = ", ".join(f"{tag} {count}" for tag, count in sorted(languages.items(), key=lambda pair: -pair[1]))
    stdout_console().print(f"{len(chosen)} records ({parts}): {target}", soft_wrap=True)


def show_errors(suspects: Sequence[Suspect], *, top: int, as_json: bool) -> None:
    """The most suspicious labels and how many there are in all."""
    if as_json:
        dump([asdict(item) for item in suspects])
        return
    table = _table("record", "language", "head", "label", "given", "model")
    for item in suspects[:top]:
        table.add_row(item.id, item.lang, item.head, item.label, f"{item.given:.2f}", f"{item.predicted:.2f}")
    console = stdout_console()
    if suspects[:top]:
        console.print(table)
    console.print(f"{len(suspects)} suspicious labels")


def _table(*headings: str) -> Table:
    table = Table(box=None, header_style="dim", padding=(0, 2))
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table

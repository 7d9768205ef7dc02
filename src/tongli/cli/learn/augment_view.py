"""What ``tongli learn augment`` shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from tongli.cli.terminal import language_name, stdout_console
from tongli.learning.augment.tally import Tally

if TYPE_CHECKING:
    from tongli.learning.augment.gain import Gain


def show(tally: Tally, gains: Sequence[Gain], *, written: int, target: Path) -> None:
    """Tried, kept and refused by method and language; the gain; where the records are."""
    console = stdout_console()
    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    for heading, justify in (("method", "left"), ("language", "left"), ("tried", "right"), ("kept", "right")):
        table.add_column(heading, justify="right" if justify == "right" else "left")
    table.add_column("refused", overflow="fold")
    method = ""
    for row in tally.rows():
        table.add_row(
            row.method if row.method != method else "",
            "all" if row.lang == "all" else language_name(row.lang),
            f"{row.tried:,}",
            f"{row.kept:,}",
            ", ".join(f"{reason} {count:,}" for reason, count in row.refused.items()),
        )
        method = row.method
    if table.row_count:
        console.print(table)
    tried: Counter[str] = Counter()
    for row in tally.rows():
        tried[row.method] += row.tried
    for method in (name for name, count in tried.items() if not count):
        told = f"{method}: nothing here that it can change; what it needs is in docs/learn/augment.md"
        console.print(told, soft_wrap=True)
    console.print(f"{written:,} records written to {target}", soft_wrap=True)
    for gain in gains:
        console.print(_told(gain), soft_wrap=True)
    if not gains:
        console.print("gain: not measured (add --measure DEV)", style="dim")


def _told(gain: Gain) -> Text:
    delta = gain.difference.delta
    figures = f"{gain.head} {gain.measure} {gain.without:.3f} → {gain.with_:.3f} on {gain.records:,} records"
    change = f"{delta.value:+.3f} (95 % {delta.low:+.3f} to {delta.high:+.3f})"
    if not gain.proven:
        return Text(f"gain: none shown; {figures}, {change}", "yellow")
    if delta.value > 0:
        return Text(f"gain: {figures}, {change}", "green")
    return Text(f"loss: {figures}, {change}; better leave these records out", "red")

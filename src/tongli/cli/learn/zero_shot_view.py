"""What ``tongli learn zero-shot`` shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table

from tongli.cli.terminal import language_name, stdout_console

if TYPE_CHECKING:
    from tongli.learning.evaluate.resample import Estimate
    from tongli.learning.label_efficient.zero_shot import Transfer, ZeroShot


def show(report: ZeroShot) -> None:
    """A row a language, the widest gap first, then the mean."""
    console = stdout_console()
    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column("language", overflow="fold")
    for heading in ("texts", "left out", "95 %", "trained", "95 %", "gap", "95 %"):
        table.add_column(heading, justify="right")
    for item in report.languages:
        table.add_row(language_name(item.lang), *_cells(item))
    table.add_row(f"mean of {len(report.languages)}", *_cells(report.mean), style="bold")
    console.print(f"{report.head}, {report.measure}; each language left out of the training, and not\n")
    console.print(table)
    if report.unknown:
        console.print(f"\n{report.unknown:,} texts of unknown language took no part", style="dim")


def _cells(item: Transfer) -> list[str]:
    shown = [f"{item.texts:,}"]
    for found in (item.left_out, item.trained):
        shown += [f"{found.value:.3f}", _bounds(found)]
    return [*shown, f"{item.gap.value:+.3f}", f"{item.gap.low:+.3f} {item.gap.high:+.3f}"]


def _bounds(found: Estimate) -> str:
    return f"{found.low:.3f} {found.high:.3f}"

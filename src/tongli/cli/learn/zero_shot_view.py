"""What ``tongli learn zero-shot`` shows."""

from __future__ import annotations

from typing import Any

from rich.table import Table

from tongli.cli.terminal import language_name, stdout_console

Found = dict[str, float | None]


def show(report: dict[str, Any]) -> None:
    """A row a language, the widest gap first, then the mean."""
    console = stdout_console()
    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column("language", overflow="fold")
    for heading in ("texts", "left out", "trained", "gap", "95 %"):
        table.add_column(heading, justify="right", no_wrap=True)
    for item in report["languages"]:
        table.add_row(language_name(item["lang"]), *_cells(item))
    table.add_row(f"mean of {len(report['languages'])}", *_cells(report["mean"]), style="bold")
    console.print(
        f"{report['head']}, {report['measure']} ± half the 95 % interval; "
        "each language left out of the training, and then not\n",
        soft_wrap=True,
    )
    console.print(table)
    if report["unknown"]:
        console.print(f"\n{report['unknown']:,} texts of unknown language took no part", style="dim")


def _cells(item: dict[str, Any]) -> tuple[str, ...]:
    gap = item["gap"]
    return (
        f"{item['texts']:,}",
        _with_spread(item["left_out"]),
        _with_spread(item["trained"]),
        _signed(gap["value"]),
        f"{_signed(gap['low'])} to {_signed(gap['high'])}",
    )


def _with_spread(found: Found) -> str:
    value, low, high = found["value"], found["low"], found["high"]
    if value is None or low is None or high is None:
        return "–" if value is None else f"{value:.3f}"
    return f"{value:.3f} ± {(high - low) / 2:.3f}"


def _signed(value: float | None) -> str:
    return "–" if value is None else f"{value:+.3f}"

"""What ``tongli learn few-shot`` shows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rich.table import Table

from tongli.cli.terminal import stdout_console


def show(report: dict[str, Any], *, written: str, out: Path, releasable: bool) -> None:
    """A row a method, and how to use what was written."""
    console = stdout_console()
    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column("method", overflow="fold")
    for heading in ("examples", report["measure"], "95 %", "over logistic", "95 %", "abstained"):
        table.add_column(heading, justify="right")
    for item in report["methods"]:
        over = item["against_logistic"] or dict.fromkeys(("value", "low", "high"))
        table.add_row(
            item["name"],
            f"{item['examples']:,}",
            _shown(item["figure"]["value"]),
            f"{_shown(item['figure']['low'])} to {_shown(item['figure']['high'])}",
            _shown(over["value"], sign="+"),
            f"{_shown(over['low'], sign='+')} to {_shown(over['high'], sign='+')}" if over["value"] else "",
            f"{item['abstained']:,}",
        )
    console.print(
        f"{report['head']}, {report['examples']:,} examples; {report['measured']:,} texts: {report['on']}\n",
        soft_wrap=True,
    )
    console.print(table)
    console.print(
        f"\n{written} written to {out}; read with it: "
        f"TONGLI_HEADS={out} tongli read --heads {report['head']} …",
        soft_wrap=True,
    )
    if not releasable:
        console.print("These weights are marked as not releasable: see the licences in the card.")


def _shown(value: float | None, *, sign: str = "") -> str:
    return "" if value is None else f"{value:{sign}.3f}"

"""What ``tongli learn self-train`` shows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.table import Table
from rich.text import Text

from tongli.cli.terminal import language_name, stdout_console


def show(report: dict[str, Any], *, out: Path | None, releasable: bool) -> None:
    """The rounds, what was added, how the balance moved, and the verdict."""
    console = stdout_console()
    teacher, *students = report["rounds"]
    console.print(
        f"{report['labelled']:,} labelled and {report['unlabelled']:,} unlabelled texts; "
        f"{report['measure']}: teacher {teacher:.3f}, students "
        + ", ".join(f"{figure:.3f}" for figure in students),
        soft_wrap=True,
    )
    console.print(
        f"student {report['best']} learnt from {report['pseudo_labelled']:,} pseudo-labelled texts, "
        f"{report['masked']:.0%} of whose labels are masked\n",
        soft_wrap=True,
    )
    console.print(_table("language", ("labelled", "pseudo"), _counts(report["texts"])))
    console.print()
    console.print(_table("share of", ("labelled", "pseudo", "both"), _shares(report["positives"])))
    console.print()
    console.print(_verdict(report), soft_wrap=True)
    if out is None:
        console.print("nothing was written; --keep-anyway writes the best student", soft_wrap=True)
        return
    console.print(
        f"written to {out}; read with it: TONGLI_HEADS={out} tongli read --heads {report['head']} …"
    )
    if not releasable:
        console.print("These weights are marked as not releasable: see the licences in the card.")


def _verdict(report: dict[str, Any]) -> Text:
    gain = report["gain"]
    told = f"{gain['value']:+.3f} ({gain['low']:+.3f} to {gain['high']:+.3f})"
    return Text(f"gain: {told}", "green") if report["improved"] else Text(f"no gain shown: {told}", "yellow")


def _counts(texts: dict[str, dict[str, int]]) -> list[tuple[str, ...]]:
    return [
        (language_name(tag), f"{found['labelled']:,}", f"{found['pseudo']:,}") for tag, found in texts.items()
    ]


def _shares(positives: dict[str, dict[str, float | None]]) -> list[tuple[str, ...]]:
    return [
        (label, *("–" if share is None else f"{share:.1%}" for share in found.values()))
        for label, found in positives.items()
    ]


def _table(first: str, others: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Table:
    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column(first)
    for heading in others:
        table.add_column(heading, justify="right")
    for row in rows:
        table.add_row(*row)
    return table

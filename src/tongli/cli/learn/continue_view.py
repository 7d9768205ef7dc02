"""What ``tongli learn continue`` shows: what was learnt and what was lost."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table

from tongli.cli.terminal import stdout_console

if TYPE_CHECKING:
    from tongli.learning.continual.forgetting import Change
    from tongli.learning.continual.settle import Outcome


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

"""What ``tongli learn generate`` shows."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.table import Table

from tongli.cli.terminal import language_name, stdout_console

if TYPE_CHECKING:
    from tongli.learning.generate.card import Card
    from tongli.learning.generate.side_by_side import Score

_JUDGED = ("emotion_fit", "emotion_accuracy", "verified")


def show(card: Card, *, out: Path) -> None:
    """Figures on held-out prompts before and after, and how to use what was tuned."""
    console = stdout_console()
    if card.looks:
        table = Table(box=None, header_style="dim", padding=(0, 2))
        table.add_column("held-out prompts")
        names = [name for name in card.looks["start"] if name != "step"]
        for name in names:
            table.add_column(name, justify="right")
        for moment, found in card.looks.items():
            table.add_row(f"{moment} (step {found['step']:,})", *(f"{found[name]:.3f}" for name in names))
        console.print(table)
    else:
        console.print(f"Nothing was held out, so nothing was measured; {card.steps:,} steps.")
    total = sum(card.languages.values())
    console.print(f"learnt from {total:,} replies; written to {out}", soft_wrap=True)
    console.print(f"let it answer: tongli learn generate write FILE -o OUT --model {out}", soft_wrap=True)
    if not card.releasable:
        console.print("These weights are marked as not releasable: see the licences in generate.json.")


def show_figures(figures: Mapping[str, Any]) -> None:
    """All replies, then each language."""
    console = stdout_console()
    console.print(f"{figures['replies']:,} replies of {', '.join(figures['models'])}", soft_wrap=True)
    table = Table(box=None, header_style="dim", padding=(0, 2))
    for heading in ("measure", "share", "95 %"):
        table.add_column(heading)
    for name in _JUDGED:
        found = figures[name]
        cells = ("–", "") if found is None else (f"{found[0]:.3f}", f"{found[1]:.3f} to {found[2]:.3f}")
        table.add_row(name.replace("_", " "), *cells)
    console.print(table)
    failed = ", ".join(f"{name} {share:.1%}" for name, share in figures["failed"].items())
    if failed:
        console.print(f"failed: {failed}", soft_wrap=True)
    console.print(_texts(figures["by_language"]))


def show_score(found: Score) -> None:
    """One sentence, and what it rests on."""
    console = stdout_console()
    console.print(f"{found.wins} won, {found.losses} lost, {found.ties} tied, {found.missing} not answered")
    if found.wins + found.losses:
        console.print(
            f"win rate of the first model {found.rate:.3f} (95 %: {found.low:.3f} to {found.high:.3f}; "
            f"p of no preference {found.p:.3f})",
            soft_wrap=True,
        )


def _texts(by_language: Mapping[str, Mapping[str, float]]) -> Table:
    table = Table(box=None, header_style="dim", padding=(0, 2))
    names = list(dict.fromkeys(name for found in by_language.values() for name in found))
    for heading in ("language", *names):
        table.add_column(heading, justify="left" if heading == "language" else "right")
    for lang, found in by_language.items():
        cells = (found.get(name) for name in names)
        row = ("–" if value is None else f"{value:,.3g}" for value in cells)
        table.add_row(language_name(lang), *row)
    return table

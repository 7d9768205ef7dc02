"""What ``tongli learn tag`` shows: the figures of every language, and how to use the tagger."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table

from tongli.cli.terminal import language_name, stdout_console

if TYPE_CHECKING:
    from tongli.emotion.marker_card import MarkerCard

_MEASURES = {"span": "spans", "joined": "joined", "overlap": "characters"}


def show(card: MarkerCard, *, out: Path) -> None:
    """F1 of the test part, a row a language; of the calibration part when nothing was tested."""
    console = stdout_console()
    split = next((name for name in ("test", "held_out") if name in card.metrics), None)
    if split is not None:
        found = card.metrics[split]
        console.print(f"F1 on {found['texts']:,} {split.replace('_', ' ')} texts, {found['spans']:,} spans\n")
        console.print(_table(card, split))
        low, high = found["span_f1_interval"]
        console.print(
            f"\nspans: 95 % interval {low:.3f} to {high:.3f}; calibration error of scores {found['ece']}"
        )
    console.print(f"written to {out / card.name}.safetensors and .json", soft_wrap=True)
    if not card.releasable:
        console.print("These weights are marked as not releasable: see the licences in the card.")


def _table(card: MarkerCard, split: str) -> Table:
    found = card.metrics[split]
    table = Table(box=None, header_style="dim", padding=(0, 2))
    table.add_column("language")
    for heading in _MEASURES.values():
        table.add_column(heading, justify="right")
    for tag in found["span_f1_by_language"]:
        unseen = "" if card.knows(tag) or tag == "und" else ", not learnt from"
        figures = [f"{found[f'{measure}_f1_by_language'][tag]:.3f}" for measure in _MEASURES]
        table.add_row(f"{language_name(tag)}{unseen}", *figures)
    for heading, suffix in (("mean of languages", "_mean"), ("all texts", "")):
        table.add_row(heading, *(f"{found[f'{measure}_f1{suffix}']:.3f}" for measure in _MEASURES))
    return table

"""What ``tongli learn speech`` shows: recall of every label, and how far the head can be trusted."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.table import Table

from tongli.cli.terminal import stdout_console

if TYPE_CHECKING:
    from tongli.emotion.speech.card import SpeechCard

_PLAIN, _OWN = "speakers_left_out_plain", "speakers_left_out_own"


def show(card: SpeechCard, *, out: Path) -> None:
    """A row a measurement."""
    console = stdout_console()
    found: Mapping[str, Any] = card.metrics
    table = Table(box=None, header_style="dim", padding=(0, 2))
    for heading in ("measured on", "clips", "UAR", "ECE", "decided", "right of these"):
        table.add_column(heading, justify="left" if heading == "measured on" else "right")
    _row(table, f"{found['speakers']} speakers left out in turn", found[_PLAIN])
    _row(table, "the same, relative to their own mean", found[_OWN])
    for name, figures in found.get("other_sets", {}).items():
        _row(table, name, figures)
    console.print(table)
    for note in card.notes:
        console.print(note, soft_wrap=True)
    console.print(f"written to {out / 'speech'}.safetensors and .json", soft_wrap=True)
    if not card.releasable:
        console.print("These weights are marked as not releasable: see the licences in the card.")


def _row(table: Table, name: str, figures: Mapping[str, Any]) -> None:
    shares = (f"{figures[key]:.1%}" for key in ("decided", "right_of_decided"))
    table.add_row(name, f"{figures['clips']:,}", f"{figures['uar']:.1%}", f"{figures['ece']:.3f}", *shares)

"""What ``tongli learn fuse`` shows: recall and calibration with each combination of channels."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table

from tongli.cli.terminal import stdout_console

if TYPE_CHECKING:
    from tongli.emotion.fusion.card import FusionCard


def show(card: FusionCard, *, out: Path) -> None:
    """A row a combination, on messages put together from what was learnt from."""
    console = stdout_console()
    table = Table(box=None, header_style="dim", padding=(0, 2))
    table.add_column("channels")
    for heading in ("recall", "calibration error"):
        table.add_column(heading, justify="right")
    for name, figures in card.metrics["learnt_from"].items():
        table.add_row(name, f"{figures['uar']:.3f}", f"{figures['ece']:.3f}")
    console.print(table)
    for note in card.notes:
        console.print(note, style="dim")
    console.print(f"written to {out / 'fusion'}.safetensors and .json", soft_wrap=True)

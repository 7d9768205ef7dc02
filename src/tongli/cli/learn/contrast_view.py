"""What ``tongli learn contrast`` shows."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from tongli.cli.terminal import language_name, stdout_console

if TYPE_CHECKING:
    from tongli.emotion.space import SpaceCard

_COLUMNS = {
    "space": "space",
    "sentences": "sentence vectors",
    "standardised": "features",
    "chance": "chance",
    "gain": "gain",
}
_LANGUAGES = 5
"""Languages shown from either end."""


def show(card: SpaceCard, *, out: Path) -> None:
    """Precision at ten beside what needs no training, languages at both ends, valence and arousal."""
    console = stdout_console()
    for split, found in card.metrics.items():
        console.print(
            f"{found['texts']:,} {split.replace('_', ' ')} texts; precision at 10, other languages\n"
        )
        _precision(console, found["precision_at_10"])
        _languages(console, found["precision_at_10"]["emotion"]["by_language"])
        _circumplex(console, found)
    texts = sum(source.examples for source in card.data)
    console.print(f"\nlearnt from {texts:,} texts in {len(card.languages)} languages; written to {out}")
    if not card.releasable:
        console.print("This space is marked as not releasable: see the licences in its card.")


def _precision(console: Console, found: Mapping[str, Any]) -> None:
    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    for heading in ("queries", "", *_COLUMNS.values()):
        table.add_column(heading, justify="right" if heading in _COLUMNS.values() else "left")
    for kind, figures in found.items():
        if figures["queries"]:
            table.add_row(kind, f"{figures['queries']:,}", *(_cell(figures[name]) for name in _COLUMNS))
    console.print(table)


def _cell(figure: Mapping[str, Any]) -> str:
    low, high = figure["interval_95"]
    return f"{figure['value']:.3f}\n{low:.2f}..{high:.2f}"


def _languages(console: Console, found: Mapping[str, Mapping[str, float]]) -> None:
    """The languages whose messages find most and fewest of their feeling."""
    ordered = sorted(found, key=lambda tag: -found[tag]["space"])
    if len(ordered) <= 2 * _LANGUAGES:
        parts = {"by language": ordered}
    else:
        parts = {"best": ordered[:_LANGUAGES], "worst": ordered[-_LANGUAGES:]}
    for name, tags in parts.items():
        told = ", ".join(
            f"{language_name(tag)} {found[tag]['space']:.2f} from {found[tag]['sentences']:.2f}"
            for tag in tags
        )
        console.print(Text.assemble((f"{name}: ", "dim"), told), soft_wrap=True)


def _circumplex(console: Console, found: Mapping[str, Any]) -> None:
    placed = found["layout"]
    figures = {
        "valence r": found["valence"],
        "arousal r": found["arousal"],
        "layout r": placed["r"],
        "p": placed["p"],
    }
    told = ", ".join(f"{name} {value:.2f}" for name, value in figures.items() if value is not None)
    if told:
        console.print(Text.assemble(("positions that labels imply: ", "dim"), told), soft_wrap=True)

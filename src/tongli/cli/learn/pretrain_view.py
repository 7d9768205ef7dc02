"""What ``tongli learn pretrain`` shows at the end: perplexity by language, before and after."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table

from tongli.cli.terminal import language_name, stdout_console

if TYPE_CHECKING:
    from tongli.learning.pretrain.card import Card

_MOMENTS = {"start": "untrained", "head": "new head alone", "end": "end"}


def show(card: Card, *, out: Path) -> None:
    """The figures, what they are of, and how to use what was trained."""
    console = stdout_console()
    if card.perplexity:
        console.print(_table(card))
        tokens = card.perplexity["end"]["tokens"]
        console.print(
            f"\nheld-out perplexity of {tokens:,} hidden tokens, among {card.vocabulary:,} that occur; "
            f"best after {card.steps:,} steps",
            soft_wrap=True,
        )
    else:
        console.print(f"Nothing was held out, so nothing was measured; {card.steps:,} steps.")
    console.print(
        f'written to {out}; read with it: --model {out}; train on it: model = "{out}"', soft_wrap=True
    )
    if not card.releasable:
        console.print("These weights are marked as not releasable: see the licences in pretrain.json.")


def _table(card: Card) -> Table:
    moments = [name for name in _MOMENTS if name != "head" or card.head == "new"]
    table = Table(box=None, header_style="dim", padding=(0, 2))
    table.add_column("language")
    table.add_column("texts", justify="right")
    for name in moments:
        table.add_column(_MOMENTS[name], justify="right")
    found = [card.perplexity[name] for name in moments]
    for lang in found[0]["by_language"]:
        texts = f"{card.texts.get(lang, 0):,}"
        table.add_row(language_name(lang), texts, *(f"{item['by_language'][lang]:,.1f}" for item in found))
    table.add_row("all", f"{sum(card.texts.values()):,}", *(f"{item['overall']:,.1f}" for item in found))
    return table

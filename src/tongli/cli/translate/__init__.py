"""``tongli translate``: texts and documents by default, and the translation memory."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperGroup

from tongli.cli.translate.memory import memory
from tongli.cli.translate.text import text

DEFAULT = "text"


class _Default(TyperGroup):
    """A group whose first command needs no name."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ("-h", "--help"):
            args = [DEFAULT, *args]
        return super().parse_args(ctx, args)


translate = typer.Typer(
    cls=_Default,
    no_args_is_help=True,
    help='Translate with feeling: tongli translate "Good morning" --from en --to es. Without the name of a '
    "command, text is meant.",
)
translate.command()(text)
translate.add_typer(memory, name="memory")

"""``tongli write``: one file a command. Nothing heavy is imported before a command runs."""

from __future__ import annotations

import typer

from tongli.cli.write.rank import rank

write = typer.Typer(no_args_is_help=True, help="Help with writing: variants in order, with reasons.")
for command in (rank,):
    write.command()(command)

"""``tongli write``: one file a command. Nothing heavy is imported before a command runs."""

from __future__ import annotations

import typer

from tongli.cli.write.channels import channels
from tongli.cli.write.rank import rank
from tongli.cli.write.style import style
from tongli.cli.write.texts import texts_command
from tongli.cli.write.voice import voice_command

write = typer.Typer(
    no_args_is_help=True, help="Help with writing: texts from facts, variants in order, house styles."
)
for task in ("post", "ad", "news", "story", "reply"):
    write.command(task)(texts_command(task))
for task in ("continue", "rephrase"):
    write.command(task)(voice_command(task))
for command in (rank, channels):
    write.command()(command)
write.add_typer(style, name="style")

"""``tongli gender``: one file a command. Nothing heavy is imported before a command runs."""

from __future__ import annotations

import typer

from tongli.cli.gender.audit import audit
from tongli.cli.gender.check import check
from tongli.cli.gender.consistency import consistency
from tongli.cli.gender.fill import fill
from tongli.cli.gender.resolve import resolve
from tongli.cli.gender.rewrite import rewrite
from tongli.cli.gender.swap import swap

gender = typer.Typer(
    no_args_is_help=True,
    help="Gendered forms as people declared them. Nobody's gender is guessed, from a name or anything else.",
)
for command in (rewrite, fill, swap, resolve, check, consistency, audit):
    gender.command()(command)

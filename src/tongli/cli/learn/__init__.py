"""``tongli learn``: one file a command. Nothing heavy is imported before a command runs."""

from __future__ import annotations

import typer

from tongli.cli.learn.annotate import annotate

learn = typer.Typer(
    no_args_is_help=True,
    help="Collect, label, augment, train, evaluate and export (needs the extra tongli[train]).",
)
learn.add_typer(annotate, name="annotate")

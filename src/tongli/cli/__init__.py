"""The command line: one file a command. Nothing heavy is imported before a command runs."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from tongli import __version__
from tongli.cli.adapt import adapt
from tongli.cli.annotate import annotate
from tongli.cli.culture import culture
from tongli.cli.demo import demo
from tongli.cli.doctor import doctor
from tongli.cli.gender import gender
from tongli.cli.learn import learn
from tongli.cli.lint import lint
from tongli.cli.models import models
from tongli.cli.people import people
from tongli.cli.plan import plan
from tongli.cli.read import read
from tongli.cli.respond import respond
from tongli.cli.review import review
from tongli.cli.serve import serve
from tongli.cli.studio import studio
from tongli.cli.subtitle import subtitle
from tongli.cli.transcribe import transcribe
from tongli.cli.translate import translate
from tongli.cli.verify import verify
from tongli.cli.write import write

__all__ = ["app", "main"]

app = typer.Typer(
    name="tongli",
    no_args_is_help=True,
    rich_markup_mode=None,  # plain help needs no rich, which keeps --help quick
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (
    read,
    plan,
    respond,
    verify,
    adapt,
    annotate,
    lint,
    transcribe,
    subtitle,
    demo,
    serve,
    doctor,
):
    app.command()(command)
app.add_typer(models, name="models")
app.add_typer(culture, name="culture")
app.add_typer(gender, name="gender")
app.add_typer(write, name="write")
app.add_typer(translate, name="translate")
app.add_typer(learn, name="learn")
app.add_typer(people, name="people")
app.add_typer(review, name="review")
app.add_typer(studio, name="studio")


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

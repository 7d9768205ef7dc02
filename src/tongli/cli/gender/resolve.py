"""``tongli gender resolve``."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from tongli.cli.lines import run_lines
from tongli.cli.options import Errors, Overwrite, Quiet


def resolve(
    source: Annotated[
        str, typer.Argument(metavar="FILE", help="JSON lines, .gz too; - reads standard input.")
    ] = "-",
    *,
    jsonl: Annotated[
        bool,
        typer.Option("--jsonl", help="Read JSON lines with id, text, mention and candidates; the only form."),
    ] = True,
    target: Annotated[
        str, typer.Option("--output", "-o", metavar="OUT", help="Where answers go; - for standard output.")
    ] = "-",
    lang: Annotated[
        str | None,
        typer.Option("--lang", metavar="TAG", help="Language of lines that declare none; English."),
    ] = None,
    least: Annotated[
        float,
        typer.Option("--least", metavar="SCORE", min=0, max=1, help="Abstain from answers under this score."),
    ] = 0.0,
    surface: Annotated[
        bool, typer.Option("--surface", help="Without the encoder: many times faster, and less often right.")
    ] = False,
    overwrite: Overwrite = False,
    errors: Errors = None,
    quiet: Quiet = False,
) -> None:
    """Tell whom a pronoun, a noun or a title points to, or abstain.

    Names and pronoun sets are never looked at: renaming people changes no answer. Without the embedded models
    the faster way is taken.
    """
    from tongli.applications import Job
    from tongli.applications.gender.resolve import encoder_tokens, resolve_lines
    from tongli.core import Settings

    del jsonl
    job = Job(
        source=source,
        target=target,
        errors=errors,
        lang=lang,
        overwrite=overwrite,
        max_chars=Settings.from_env().max_chars,
    )
    read = None if surface else encoder_tokens()
    if read is None and not surface and not quiet:
        typer.echo("without the embedded models; `tongli models pull` gets them", err=True)
    status = run_lines(
        job,
        partial(resolve_lines, least=least, read=read),
        quiet=quiet,
    )
    raise typer.Exit(status)

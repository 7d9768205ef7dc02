"""``tongli culture gloss``."""

from __future__ import annotations

from typing import Annotated

import typer

from tongli.cli.lines import run_lines
from tongli.cli.options import Errors, Overwrite, Quiet


def gloss(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="TEXT", help="An expression; with --jsonl, the input file or -.", show_default=False
        ),
    ] = None,
    *,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Read JSON lines with id, lang and idiom, .gz too.")
    ] = False,
    target: Annotated[
        str,
        typer.Option(
            "--output", "-o", metavar="OUT", help="Where glosses go, .gz too; - for standard output."
        ),
    ] = "-",
    lang: Annotated[
        str | None, typer.Option("--lang", metavar="TAG", help="Language of lines that declare none.")
    ] = None,
    overwrite: Overwrite = False,
    errors: Errors = None,
    quiet: Quiet = False,
) -> None:
    """Tell what expressions mean, from the claims alone: what they do not know is abstained from.

    A line that cannot be read stops nothing: it goes to the errors file beside OUT with its number, a code
    and what to do, and the exit status is 3.
    """
    if jsonl:
        raise typer.Exit(
            _many(words, target=target, lang=lang, overwrite=overwrite, errors=errors, quiet=quiet)
        )
    _one(words, lang=lang)


def _many(
    words: list[str] | None,
    *,
    target: str,
    lang: str | None,
    overwrite: bool,
    errors: str | None,
    quiet: bool,
) -> int:
    from tongli.applications import Job
    from tongli.applications.gloss import gloss_lines
    from tongli.core import ConfigError, Settings

    if words is not None and len(words) > 1:
        raise ConfigError(
            "gloss.input",
            received=f"{len(words)} inputs",
            allowed="one file, or - for standard input",
            fix="Name one file, or leave --jsonl out to look up one expression.",
        )
    job = Job(
        source=words[0] if words else "-",
        target=target,
        errors=errors,
        lang=lang,
        overwrite=overwrite,
        max_chars=Settings.from_env().max_chars,
    )
    return run_lines(job, gloss_lines, quiet=quiet)


def _one(words: list[str] | None, *, lang: str | None) -> None:
    from tongli.cli.terminal import stdout_console
    from tongli.core import ConfigError
    from tongli.knowledge.gloss import gloss as look_up

    if not words or lang is None:
        raise ConfigError(
            "gloss.input",
            received="no expression" if not words else "an expression without its language",
            allowed='an expression with --lang, as in tongli culture gloss "break a leg" --lang en',
            fix="Name both, or use --jsonl for many.",
        )
    found = look_up(" ".join(words), lang)
    console = stdout_console()
    if found.text is None:
        console.print(f"abstained: {(found.why or '').replace('-', ' ')}", highlight=False)
        return
    console.print(found.text, highlight=False, markup=False)
    if found.claim is None:
        console.print(found.source, style="dim", markup=False)
        return
    sources = ", ".join(item.source for item in found.claim.evidence)
    console.print(
        f"{found.claim.id} ({found.how}; {found.claim.status}): {sources}", style="dim", markup=False
    )

"""``tongli gender fill``."""

from __future__ import annotations

from typing import Annotated

import typer

from tongli.cli.lines import run_lines
from tongli.cli.options import Errors, Overwrite, People, Quiet


def fill(
    words: Annotated[
        str, typer.Argument(metavar="TEXT", help="A text with one [MASK]; with --jsonl, the input file or -.")
    ] = "-",
    *,
    people: People = None,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Read JSON lines with id, text and people, .gz too.")
    ] = False,
    target: Annotated[
        str,
        typer.Option("--output", "-o", metavar="OUT", help="Where texts go, .gz too; - for standard output."),
    ] = "-",
    overwrite: Overwrite = False,
    errors: Errors = None,
    quiet: Quiet = False,
) -> None:
    """Put the right form of a person's declared pronouns where a text says [MASK]; English.

    A line that cannot be read stops nothing: it goes to the errors file beside OUT with its number, a code
    and what to do, and the exit status is 3.
    """
    from tongli.applications import Job
    from tongli.applications.gender.fill import fill_lines
    from tongli.core import Settings

    if not jsonl:
        _one(words, people)
        return
    job = Job(
        source=words,
        target=target,
        errors=errors,
        overwrite=overwrite,
        max_chars=Settings.from_env().max_chars,
    )
    raise typer.Exit(run_lines(job, fill_lines, quiet=quiet))


def _one(text: str, people: str | None) -> None:
    from tongli.applications.people import known_people
    from tongli.core import ConfigError
    from tongli.empathy.gender.english import fill as fill_slot

    declared = known_people(people, lang="en")
    if not declared:
        raise ConfigError(
            "gender.input",
            received="no people",
            allowed="a text and people, of --people FILE or of your store; or --jsonl",
            fix="Name the file that tells what people declare, or keep them: tongli people add.",
        )
    found = fill_slot(text, people=declared)
    typer.echo(found.text if found.text is not None else f"abstained: {found.abstained[0].reason}")

"""``tongli annotate``."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from tongli.cli.lines import run_lines
from tongli.cli.options import Errors, Heads, Model, Overwrite, Quiet, Resume, Suspect, wanted_heads


def annotate(
    source: Annotated[
        str, typer.Argument(metavar="IN", help="JSON lines with id and text, .gz too; - for standard input.")
    ],
    target: Annotated[
        str,
        typer.Option(
            "--output", "-o", metavar="OUT", help="Where readings go, .gz too; - for standard output."
        ),
    ],
    *,
    heads: Heads = None,
    evidence: Annotated[
        bool, typer.Option("--evidence", help="Find the words that each claim rests on (many times slower).")
    ] = False,
    suspect: Suspect = False,
    lang: Annotated[
        str | None, typer.Option("--lang", metavar="TAG", help="Language of lines that declare none.")
    ] = None,
    resume: Resume = False,
    overwrite: Overwrite = False,
    errors: Errors = None,
    batch: Annotated[int, typer.Option("--batch", metavar="N", help="Lines read together.")] = 1024,
    model: Model = "embedded",
    quiet: Quiet = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the summary as JSON, on standard error.")
    ] = False,
) -> None:
    """Read every message of a JSON lines file.

    A line that cannot be read stops nothing: it goes to the errors file beside OUT with its number, a code
    and what to do, and the exit status is 3. A run that was stopped goes on with --resume, and ends in the
    same bytes.
    """
    from tongli import Tongli
    from tongli.applications import Job, check
    from tongli.applications.annotate import annotate as run
    from tongli.core import Settings

    settings = Settings.from_env()
    job = Job(
        source=source,
        target=target,
        errors=errors,
        evidence=evidence,
        lang=lang,
        resume=resume,
        overwrite=overwrite,
        batch=batch,
        max_chars=settings.max_chars,
    )
    check(job)
    wanted = wanted_heads(heads)

    def work(job: Job, **counting: Any) -> None:
        reader = Tongli(model=model, heads=wanted, suspect=suspect, settings=settings).load()
        run(reader, job, **counting)

    raise typer.Exit(run_lines(job, work, quiet=quiet, as_json=as_json, resumable=True))

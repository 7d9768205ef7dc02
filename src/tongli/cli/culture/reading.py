"""``tongli culture reading``."""

from __future__ import annotations

from typing import Annotated

import typer

from tongli.cli.lines import run_lines
from tongli.cli.options import Errors, Model, Overwrite, Quiet


def reading(
    source: Annotated[
        str,
        typer.Argument(metavar="INPUT", help="JSON lines with id, phrase and readings, .gz too; or -."),
    ] = "-",
    *,
    target: Annotated[
        str,
        typer.Option(
            "--output", "-o", metavar="OUT", help="Where answers go, .gz too; - for standard output."
        ),
    ] = "-",
    model: Model = "embedded",
    overwrite: Overwrite = False,
    errors: Errors = None,
    quiet: Quiet = False,
) -> None:
    """Tell which of the given readings a figurative phrase has, or abstain; for plain similes."""
    from functools import partial

    from tongli.applications import Job
    from tongli.applications.figurative_readings import reading_lines
    from tongli.core import Settings
    from tongli.pipeline import Tongli

    settings = Settings.from_env()
    job = Job(source=source, target=target, errors=errors, overwrite=overwrite, max_chars=settings.max_chars)
    run = partial(reading_lines, embed=Tongli(model=model, settings=settings).sentences)
    raise typer.Exit(run_lines(job, run, quiet=quiet))

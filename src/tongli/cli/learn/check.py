"""``tongli learn check``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tongli.cli.learn.label_options import Declared
from tongli.cli.options import AsJson, Overwrite

FOUND = 3
"""Exit status when rows are broken, double or leaking."""


def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILES", help="Records to learn from; .gz too.")],
    *,
    against: Annotated[
        list[Path] | None,
        typer.Option("--against", metavar="FILE", help="Records to measure on: look for leaks into FILES."),
    ] = None,
    near: Annotated[
        float,
        typer.Option(
            "--near", metavar="SHARE", help="Resemblance of near duplicates, 0.6 to 1; 1: equal only."
        ),
    ] = 0.8,
    research_only: Annotated[
        bool, typer.Option("--research-only", help="Let licences that forbid a release pass, and say so.")
    ] = False,
    fix: Annotated[
        Path | None,
        typer.Option("--fix", metavar="OUT", help="Write FILES without broken, double and leaking rows."),
    ] = None,
    drop_conflicts: Annotated[
        bool,
        typer.Option("--drop-conflicts", help="With --fix: of duplicates that disagree, keep none."),
    ] = False,
    schemes: Declared = None,
    overwrite: Overwrite = False,
    as_json: AsJson = False,
) -> None:
    """Count records, and find what would spoil a training run: broken and double rows, leaks, licences.

    The exit status is 3 when something was found that --fix did not mend, and 2 when a licence forbids
    releasing what is learnt.
    """
    from tongli.cli.learn.check_view import show
    from tongli.cli.learn.counter import counter
    from tongli.cli.terminal import dump
    from tongli.core import InputError
    from tongli.learning.data.checking import inspect, load, repaired
    from tongli.learning.data.licences import require_releasable
    from tongli.learning.data.record import write_records
    from tongli.learning.recipe_file import read_schemes

    held_out = against or []
    _require(near=near, fix=fix, inputs=[*files, *held_out], overwrite=overwrite, drop=drop_conflicts)
    known = read_schemes(schemes)
    with counter() as tell:
        train = load(files, schemes=known, progress=tell)
        if not (train.records or train.errors):
            raise InputError(
                "train.empty",
                received=f"{', '.join(path.name for path in files)} without a row",
                allowed="at least one record",
                fix="Name the records that `tongli learn import` wrote.",
            )
        findings = inspect(
            train,
            load(held_out, schemes=known, progress=tell),
            near=near if near < 1 else None,
            research_only=research_only,
            progress=tell,
        )
    if as_json:
        dump(findings.to_dict())
    else:
        show(findings)
    require_releasable(findings.verdict)
    if fix is not None:
        written = write_records(fix, repaired(findings, drop_conflicts=drop_conflicts))
        typer.echo(f"wrote {written:,} records to {fix}", err=as_json)
    broken = findings.train.errors or findings.held_out.errors
    raise typer.Exit(FOUND if broken or (fix is None and not findings.clean) else 0)


def require_near(near: float) -> None:
    """Raise ``ConfigError`` (``check.near``) for a resemblance that near duplicates are not looked for at."""
    from tongli.core import ConfigError

    if not 0.6 <= near <= 1:
        raise ConfigError(
            "check.near", received=f"--near {near}", allowed="0.6 to 1", fix="Leave it out to use 0.8."
        )


def _require(*, near: float, fix: Path | None, inputs: list[Path], overwrite: bool, drop: bool) -> None:
    """Raise ``ConfigError``: ``check.near``, ``check.options``, ``output.same-file`` or ``output.exists``."""
    from tongli.core import ConfigError
    from tongli.learning.data.outputs import require_free

    require_near(near)
    if fix is None:
        if drop:
            raise ConfigError(
                "check.options",
                received="--drop-conflicts alone",
                allowed="--drop-conflicts with --fix OUT",
                fix="Add --fix OUT.",
            )
        return
    require_free(fix, inputs=inputs, overwrite=overwrite)

"""``tongli learn import``."""

from __future__ import annotations

import time
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tongli.cli.options import AsJson, Overwrite

if TYPE_CHECKING:
    from tongli.learning.data.importing import ImportTally

FAILED_ROWS = 3
"""Exit status when rows failed."""

_Pairs = list[str] | None


class FileFormat(StrEnum):
    """What a file is written in."""

    JSONL = "jsonl"
    CSV = "csv"
    TSV = "tsv"
    PARQUET = "parquet"


def import_(
    source: Annotated[
        Path, typer.Argument(metavar="FILE", help="JSONL, CSV, TSV or Parquet; .gz too, but for Parquet.")
    ],
    target: Annotated[Path, typer.Option("--output", "-o", metavar="OUT", help="JSONL of records.")],
    *,
    mapping: Annotated[
        str | None,
        typer.Option("--mapping", metavar="NAME", help="A TOML file, or a mapping that ships (brighter, …)."),
    ] = None,
    fields: Annotated[
        _Pairs, typer.Option("--map", metavar="FIELD=COLUMN", help="Which column fills a field.")
    ] = None,
    constants: Annotated[
        _Pairs,
        typer.Option("--set", metavar="FIELD=VALUE", help="For every row, such as licence=CC-BY-4.0."),
    ] = None,
    labels: Annotated[
        _Pairs,
        typer.Option(
            "--labels", metavar="HEAD=COLUMN", help="Column of a label, a list, or scores by label."
        ),
    ] = None,
    columns: Annotated[
        _Pairs,
        typer.Option("--columns", metavar="HEAD=NAME", help="One column a label; {label} stands for it."),
    ] = None,
    rename: Annotated[
        _Pairs,
        typer.Option("--rename", metavar="OLD=NEW", help="A label of the file; to nothing leaves it out."),
    ] = None,
    unknown: Annotated[
        _Pairs, typer.Option("--unknown", metavar="HEAD=A,B", help="Labels that nobody annotated.")
    ] = None,
    separator: Annotated[
        str | None,
        typer.Option("--separator", metavar="TEXT", help="Between labels of a cell; a comma by default."),
    ] = None,
    not_annotated: Annotated[
        str | None,
        typer.Option("--not-annotated", metavar="COLUMN", help="Lists labels that the row did not annotate."),
    ] = None,
    file_format: Annotated[
        FileFormat | None, typer.Option("--format", help="Guessed from the name when left out.")
    ] = None,
    delimiter: Annotated[
        str, typer.Option("--delimiter", metavar="CHAR", help="Between the columns of CSV; or tab.")
    ] = ",",
    errors: Annotated[
        Path | None,
        typer.Option("--errors", metavar="PATH", help="Where broken rows go; beside OUT by default."),
    ] = None,
    overwrite: Overwrite = False,
    as_json: AsJson = False,
) -> None:
    """Turn a file of labelled messages into records.

    A row that cannot be used stops nothing: it goes to the errors file beside OUT with its number, a code and
    what to do, and the exit status is 3.
    """
    from tongli.cli.learn.counter import counter
    from tongli.cli.learn.mapping_options import build_mapping
    from tongli.learning.data.importing import errors_path, import_file

    built = build_mapping(
        mapping,
        fields=fields or (),
        constants=constants or (),
        labels=labels or (),
        columns=columns or (),
        rename=rename or (),
        unknown=unknown or (),
        separator=separator,
        not_annotated=not_annotated,
    )
    errors = errors or errors_path(target)
    started = time.monotonic()
    with counter() as tell:
        tally = import_file(
            source,
            target,
            mapping=built,
            file_format=None if file_format is None else file_format.value,
            delimiter="\t" if delimiter == "tab" else delimiter,
            errors=errors,
            overwrite=overwrite,
            progress=lambda tally: tell(f"Importing {source.name}", tally.read),
        )
    _tell(tally, errors, seconds=time.monotonic() - started, as_json=as_json)
    raise typer.Exit(FAILED_ROWS if tally.failed else 0)


def _tell(tally: ImportTally, errors: Path, *, seconds: float, as_json: bool) -> None:
    from dataclasses import asdict

    from tongli.cli.terminal import dump

    if as_json:
        where = str(errors) if tally.failed else None
        dump({**asdict(tally), "seconds": round(seconds, 3), "errors": where})
        return
    typer.echo(f"read {tally.read}, written {tally.written}, failed {tally.failed} in {seconds:.1f} s")
    for code, rows in tally.codes.most_common():
        typer.echo(f"  {code}: {rows}")
    if tally.failed:
        typer.echo(f"broken rows are in {errors}")

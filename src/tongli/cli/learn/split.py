"""``tongli learn split``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tongli.cli.learn.label_options import Declared
from tongli.cli.options import AsJson, Overwrite

if TYPE_CHECKING:
    from tongli.learning.data.splitting import Halves


def split(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Records.")],
    *,
    train: Annotated[Path, typer.Option("--output", "-o", metavar="TRAIN", help="Records to learn from.")],
    dev: Annotated[Path, typer.Option("--dev", metavar="DEV", help="Records to measure on.")],
    share: Annotated[
        float, typer.Option("--share", metavar="SHARE", help="Put aside to measure on, between 0 and 1.")
    ] = 0.2,
    near: Annotated[
        float,
        typer.Option(
            "--near",
            metavar="SHARE",
            help="Resemblance of texts that stay together, 0.6 to 1; 1: equal only.",
        ),
    ] = 0.8,
    schemes: Declared = None,
    overwrite: Overwrite = False,
    as_json: AsJson = False,
) -> None:
    """Divide records into those to learn from and those to measure on; texts that are alike stay together."""
    from tongli.cli.learn.check import require_near
    from tongli.cli.learn.counter import counter
    from tongli.cli.terminal import dump
    from tongli.learning.data.outputs import require_free
    from tongli.learning.data.record import read_distinct
    from tongli.learning.data.splitting import split as divide
    from tongli.learning.recipe_file import read_schemes

    require_near(near)
    require_free(train, inputs=[file, dev], overwrite=overwrite)
    require_free(dev, inputs=[file], overwrite=overwrite)
    records = read_distinct(file, schemes=read_schemes(schemes))
    with counter() as tell:
        halves = divide(records, share=share, near=near, progress=lambda done: tell("Comparing texts", done))
    _write(halves, train=train, dev=dev)
    if as_json:
        dump({"train": len(halves.train), "dev": len(halves.dev)})
        return
    for path, part in ((train, halves.train), (dev, halves.dev)):
        typer.echo(f"{len(part):,} records ({len(part) / len(records):.0%}): {path}")


def _write(halves: Halves, *, train: Path, dev: Path) -> None:
    """Both, or neither."""
    from tongli.core import StorageError
    from tongli.learning.data.record import write_records

    write_records(dev, halves.dev)
    try:
        write_records(train, halves.train)
    except StorageError:
        dev.unlink()
        raise

"""``tongli learn export``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tongli.cli.options import AsJson

if TYPE_CHECKING:
    from tongli.encoders.release import Release


def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="What `tongli learn train` wrote.")],
    *,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Folder for the release.")],
    model: Annotated[
        str,
        typer.Option(
            "--model", metavar="MODEL", help="Encoder that it was trained on: embedded, a folder, or hf:NAME."
        ),
    ] = "embedded",
    name: Annotated[
        str | None,
        typer.Option(
            "--name", metavar="NAME", help="Name to install it under.", show_default="that of --out"
        ),
    ] = None,
    licence: Annotated[
        str | None, typer.Option("--licence", metavar="SPDX", help="Licence that you give the weights.")
    ] = None,
    fp32: Annotated[
        bool, typer.Option("--fp32", help="Add the graph in float32, for other runtimes.")
    ] = False,
    limit: Annotated[
        float,
        typer.Option("--limit", metavar="SHARE", min=0, help="Largest drift from the network, in float32."),
    ] = 0.001,
    int8_limit: Annotated[
        float | None,
        typer.Option(
            "--int8-limit",
            metavar="SHARE",
            min=0,
            help="The same in int8.",
            show_default="only reported",
        ),
    ] = None,
    research_only: Annotated[
        bool,
        typer.Option("--research-only", help="Export weights that may not be released, and mark them."),
    ] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a release that is there.")] = False,
    as_json: AsJson = False,
) -> None:
    """Make a release of trained weights: graphs, heads, a model card, and a hash of every file.

    The graphs are compared with the network that was trained. Install it with `tongli models install DIR`.
    """
    from tongli.cli.terminal import dump, working
    from tongli.core import Settings
    from tongli.learning.extra import require_torch

    require_torch()
    from tongli.learning.export.run import Job
    from tongli.learning.export.run import export as run

    job = Job(
        folder=folder,
        out=out,
        model=model,
        name=name,
        licence=licence,
        fp32=fp32,
        limit=limit,
        int8_limit=int8_limit,
        research_only=research_only,
        overwrite=overwrite,
    )
    with working("Exporting") as tell:
        release = run(job, settings=Settings.from_env(), tell=tell)
    if as_json:
        dump({"name": release.name, "sha256": release.digest, "parity": dict(release.parity)})
    else:
        _show(release, out)


def _show(release: Release, out: Path) -> None:
    """The drift of every head, and what to do next."""
    from rich.table import Table

    from tongli.cli.terminal import stdout_console

    table = Table(box=None, header_style="dim", padding=(0, 2))
    for heading in ("head", "fp32 largest", "fp32 mean", "int8 largest", "int8 mean"):
        table.add_column(heading, overflow="fold")
    for head in release.heads:
        figures = [
            f"{release.parity[graph][head][key]:.2g}"
            for graph in ("fp32", "int8")
            for key in ("largest", "mean")
        ]
        table.add_row(head, *figures)
    console = stdout_console()
    console.print(f"drift from the network in torch, on {release.parity['texts']} texts\n")
    console.print(table)
    console.print(f"\n{release.name} {release.digest[:12]}, {len(release.files) + 1} files in {out}")
    console.print(f"install it: tongli models install {out}", soft_wrap=True)
    if not release.releasable:
        console.print("For research only: see the licences in its README.md.", soft_wrap=True)

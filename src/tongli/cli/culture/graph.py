"""``tongli culture graph``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tongli.cli.options import AsJson, Overwrite

if TYPE_CHECKING:
    from collections.abc import Mapping


def graph(
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write RDF: Turtle (.ttl), JSON-LD (.jsonld) or N-Triples (.nt).",
            show_default=False,
        ),
    ] = None,
    overwrite: Overwrite = False,
    as_json: AsJson = False,
) -> None:
    """Count what the knowledge graph holds, or export it.

    RDF in terms of SKOS and OntoLex-Lemon where they fit. Exports need the extra tongli[culture].
    """
    from tongli.applications.job import Job, check
    from tongli.applications.kept_graph import kept_graph
    from tongli.cli.terminal import dump, working
    from tongli.core.settings import Settings
    from tongli.knowledge import graph_rdf
    from tongli.knowledge.claim_files import KNOWN
    from tongli.knowledge.graph_build import whole_graph

    if output is not None:
        graph_rdf.format_of(output)  # what is impossible is told before the work
        graph_rdf.require_package()
        check(Job(source="-", target=str(output), overwrite=overwrite))
    with working("Building the graph; the first time this takes half a minute"):
        found = kept_graph(KNOWN, whole_graph, cache=Settings.from_env().cache)
    told = found.statistics()
    if output is not None:
        with working(f"Writing {output.name}"):
            told["written"] = {"file": str(output), "triples": graph_rdf.write_rdf(found, output)}
    if as_json:
        dump(told)
    else:
        _show(told)


def _show(told: Mapping[str, Any]) -> None:
    from rich.table import Table

    from tongli.cli.terminal import stdout_console

    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name in ("nodes", "triples", "expressions", "senses"):
        counts = ", ".join(f"{key} {count:,}" for key, count in told[name].items())
        table.add_row(name, f"{sum(told[name].values()):,}: {counts}")
    table.add_row("hash", told["hash"])
    if "written" in told:
        table.add_row("written", f"{told['written']['file']}, {told['written']['triples']:,} RDF triples")
    stdout_console().print(table)

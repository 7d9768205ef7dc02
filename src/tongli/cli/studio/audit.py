"""``tongli studio audit``: who did what, and whether the log was touched."""

from __future__ import annotations

from typing import Annotated

import typer

from tongli.cli.studio.options import Database, Output, opened

audit = typer.Typer(
    no_args_is_help=True, help="The audit trail: who did what and when, without a word of any text."
)


@audit.command()
def export(*, target: Output = "-", database: Database = None) -> None:
    """Export every event, one JSON object a line."""
    from tongli.applications.studio import LOCAL
    from tongli.applications.studio.exports import write_lines

    with opened(database) as store:
        write_lines((event.to_dict() for event in store.trail.events(by=LOCAL)), to=target)


@audit.command()
def verify(
    *,
    head: Annotated[
        str | None,
        typer.Option("--head", metavar="DIGEST", help="A digest from an earlier look, still to be there."),
    ] = None,
    database: Database = None,
) -> None:
    """Check that no event was changed, removed or put in; prints how many there are, and the last digest.

    Keep the digest where whoever can write to the database cannot.
    """
    from tongli.applications.studio import LOCAL

    with opened(database) as store:
        number, digest = store.trail.verify(by=LOCAL, head=head)
    typer.echo(f"{number} {digest}")

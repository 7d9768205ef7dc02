"""``tongli studio migrate``, ``status``, ``edits`` and ``erase``: the database."""

from __future__ import annotations

import typer

from tongli.cli.options import AsJson
from tongli.cli.studio.options import Database, Output, Yes, opened, sure


def migrate(*, database: Database = None) -> None:
    """Make the tables of the database, or bring them to this version; tongli studio does so at its start."""
    with opened(database):
        pass


def status(*, database: Database = None, as_json: AsJson = False) -> None:
    """Where the database is, which version its tables have, and how much it holds."""
    from tongli.applications.studio import database_status
    from tongli.cli.terminal import dump

    found = database_status(database)
    if as_json:
        dump(found)
        return
    for name, value in found.items():
        typer.echo(f"{name.replace('_', ' ')}: {'none' if value is None else value}")


def edits(*, target: Output = "-", database: Database = None) -> None:
    """Export what writers accepted and rejected as preference pairs, one JSON object a line.

    Only of those who allow it in their preferences. The lines hold what they wrote.
    """
    from itertools import chain

    from tongli.applications.studio import LOCAL
    from tongli.applications.studio.exports import write_lines

    with opened(database) as store:
        pairs = chain(store.suggestions.pairs(by=LOCAL), store.review.pairs(by=LOCAL))
        if not write_lines(pairs, to=target):
            typer.echo("No pairs: nobody who allows it has decided about a suggestion yet.", err=True)


def erase(*, yes: Yes = False, database: Database = None) -> None:
    """Delete everything that Studio keeps, accounts and audit trail too, for good; stop Studio first."""
    from tongli.applications.studio import erase_database

    sure("Delete every document, account, review and the audit trail?", yes=yes)
    erase_database(database)

"""``tongli people``: who declared what, kept on this machine only."""

from __future__ import annotations

import typer

from tongli.cli.people.change import add, import_, remove
from tongli.cli.people.look import export, list_, show

people = typer.Typer(
    no_args_is_help=True,
    help="People and what they declare, kept on this machine; encrypted with a key in TONGLI_PEOPLE_KEY.",
)
people.command()(add)
people.command("list")(list_)
people.command()(show)
people.command()(remove)
people.command()(export)
people.command("import")(import_)

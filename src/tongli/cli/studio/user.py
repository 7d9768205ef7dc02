"""``tongli studio user``: accounts, for a Studio that several people share."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, cast

import typer

from tongli.cli.studio.options import Database, Yes, opened, sure

if TYPE_CHECKING:
    from tongli.applications.studio import Role

Name = Annotated[str, typer.Argument(metavar="NAME", help="The name that they log in with.")]

user = typer.Typer(
    no_args_is_help=True,
    help="Accounts of a Studio that several people share (--auth). A password is asked for, or read from "
    "the first line of standard input; it never stands on a command line.",
)


@user.command()
def add(
    name: Name,
    *,
    role: Annotated[
        str, typer.Option("--role", metavar="ROLE", help="writer, reviewer or admin.")
    ] = "writer",
    database: Database = None,
) -> None:
    """Add an account."""
    from tongli.applications.studio import LOCAL

    with opened(database) as store:
        store.accounts.add(name, password=_password(), role=cast("Role", role), by=LOCAL)


@user.command("list")
def list_(*, database: Database = None) -> None:
    """Names and roles."""
    from tongli.applications.studio import LOCAL

    with opened(database) as store:
        for account in store.accounts.list(by=LOCAL):
            typer.echo(f"{account.name}\t{account.role}")


@user.command()
def role(
    name: Name,
    role: Annotated[str, typer.Argument(metavar="ROLE", help="writer, reviewer or admin.")],
    *,
    database: Database = None,
) -> None:
    """Give an account another role."""
    from tongli.applications.studio import LOCAL

    with opened(database) as store:
        store.accounts.set_role(name, cast("Role", role), by=LOCAL)


@user.command()
def password(name: Name, *, database: Database = None) -> None:
    """Set another password, which ends the account's sessions."""
    from tongli.applications.studio import LOCAL

    with opened(database) as store:
        store.accounts.get(name, by=LOCAL)
        store.accounts.set_password(name, _password(), by=LOCAL)


@user.command()
def remove(name: Name, *, yes: Yes = False, database: Database = None) -> None:
    """Delete an account and all that it wrote, for good."""
    from tongli.applications.studio import LOCAL

    with opened(database) as store:
        store.accounts.get(name, by=LOCAL)
        sure(f"Delete {name} and everything that {name} wrote?", yes=yes)
        store.accounts.remove(name, by=LOCAL)


@user.command()
def give(
    name: Name,
    *,
    people: Annotated[
        bool, typer.Option("--people", help="Copy the people of tongli people too, with what they declared.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be handed over.")] = False,
    yes: Yes = False,
    database: Database = None,
) -> None:
    """Give an account all that was written without accounts, before a first start with --auth.

    Documents with their history, decisions about suggestions, and drafts in the review queue; stop Studio
    first. Nothing is deleted.
    """
    from dataclasses import asdict

    from tongli.applications.studio import LOCAL

    with opened(database) as store:
        found = store.handover.give(name, by=LOCAL, people=people, dry_run=True)
        for what, count in asdict(found).items():
            typer.echo(f"{what}: {count}")
        if not dry_run:
            sure(f"Make {name} the owner?", yes=yes)
            store.handover.give(name, by=LOCAL, people=people)


def _password() -> str:
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")

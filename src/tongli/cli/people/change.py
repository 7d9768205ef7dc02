"""``tongli people add``, ``remove`` and ``import``."""

from __future__ import annotations

from typing import Annotated

import typer


def add(
    person: Annotated[
        str,
        typer.Argument(
            metavar="PERSON", help='A .toml or .json file with one person, or "key=value;key=value".'
        ),
    ],
) -> None:
    """Keep what a person declares; who has the same name is replaced.

    A file keeps declarations out of the history of your shell.
    """
    from tongli.applications.people import PeopleStore, named, parse_person

    _told(*PeopleStore.from_env().put([named(parse_person(person))]))


def remove(
    name: Annotated[str, typer.Argument(metavar="NAME", help="As tongli people list shows it.")],
) -> None:
    """Delete a person for good."""
    from tongli.applications.people import PeopleStore

    PeopleStore.from_env().remove(name)
    typer.echo("1 removed", err=True)


def import_(
    path: Annotated[str, typer.Argument(metavar="FILE", help="[[people]] tables in TOML, or JSON.")],
) -> None:
    """Keep everybody of a file."""
    from tongli.applications.people import PeopleStore, read_people

    _told(*PeopleStore.from_env().put(read_people(path)))


def _told(new: int, replaced: int) -> None:
    """Counts on standard error: no name, as a screen may be shared."""
    typer.echo(f"{new} added, {replaced} replaced", err=True)

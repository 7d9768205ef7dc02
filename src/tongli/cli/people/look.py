"""``tongli people list``, ``show`` and ``export``."""

from __future__ import annotations

from typing import Annotated

import typer


def list_() -> None:
    """Names, and nothing else."""
    from tongli.applications.people import PeopleStore

    people = PeopleStore.from_env().all()
    for person in people:
        typer.echo(person.name or " ".join(filter(None, (person.given, person.family))))
    if not people:
        typer.echo("Nobody is kept yet. Add somebody: tongli people add PERSON", err=True)


def show(
    name: Annotated[str, typer.Argument(metavar="NAME", help="As tongli people list shows it.")],
    *,
    audience: Annotated[
        str | None, typer.Option("--audience", metavar="WHO", help="Show what this audience may see.")
    ] = None,
    private: Annotated[
        bool, typer.Option("--private", help="Show everything, former names and audiences too.")
    ] = False,
) -> None:
    """What a person declares, as JSON: what everybody may see, unless you ask for more."""
    from tongli.applications.people import PeopleStore, plain
    from tongli.cli.terminal import dump

    person = PeopleStore.from_env().get(name)
    dump(plain(person if private else person.seen_by(audience)))


def export(
    *,
    target: Annotated[
        str, typer.Option("--output", "-o", metavar="OUT", help="A new file; - for standard output.")
    ] = "-",
) -> None:
    """Everything that is kept, as JSON that tongli people import reads; not encrypted."""
    from tongli.applications.people import PeopleStore, exported

    if target == "-":
        typer.echo(exported(PeopleStore.from_env()))
        return
    exported(PeopleStore.from_env(), to=target)

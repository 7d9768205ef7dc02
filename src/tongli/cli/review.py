"""``tongli review``: drafts that need a person."""

from __future__ import annotations

from typing import Annotated, cast

import typer

from tongli.cli.options import AsJson
from tongli.cli.studio.options import Database, opened

Item = Annotated[str, typer.Argument(metavar="ID", help="As tongli review list shows it.")]

review = typer.Typer(no_args_is_help=True, help="Drafts that need a person: look, approve, edit, reject.")


@review.command("list")
def list_(
    *,
    status: Annotated[
        str, typer.Option("--status", metavar="STATUS", help="open, approved, edited, rejected or all.")
    ] = "open",
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """What is in the queue: messages with a risk first, then the oldest."""
    from tongli.applications.studio import LOCAL
    from tongli.applications.studio.checks import check_choice
    from tongli.applications.studio.records import STATUSES, Status
    from tongli.cli.terminal import dump

    check_choice("a status", status, (*STATUSES, "all"))
    wanted = None if status == "all" else cast("Status", status)
    with opened(database) as store:
        found = store.review.list(by=LOCAL, status=wanted, limit=1_000)
        for item in store.review.waiting(by=LOCAL) if wanted == "open" else found:
            if as_json:
                dump(item.to_dict())
            else:
                typer.echo(f"{item.id}  {item.status:<8}  {item.lang:<6}  {'; '.join(item.notes)}")


@review.command()
def show(item: Item, *, database: Database = None) -> None:
    """One draft with all that is known of it, as JSON."""
    from tongli.applications.studio import LOCAL
    from tongli.cli.terminal import dump

    with opened(database) as store:
        dump(store.review.get(item, by=LOCAL).to_dict())


@review.command()
def approve(
    item: Item,
    *,
    file: Annotated[
        str | None,
        typer.Option("--file", metavar="FILE", help="Send this text instead; - for standard input."),
    ] = None,
    database: Database = None,
) -> None:
    """Let a draft go out, as it is or in other words; prints what may be sent."""
    from tongli.applications.studio import LOCAL
    from tongli.cli.inputs import build_message
    from tongli.core import Settings

    text = None
    if file is not None:
        limit = Settings.from_env().max_chars
        text = build_message(None, file=file, lang=None, author=None, audience=None, max_chars=limit).text
    with opened(database) as store:
        typer.echo(store.review.approve(item, by=LOCAL, text=text).final)


@review.command()
def reject(
    item: Item,
    *,
    reason: Annotated[str, typer.Option("--reason", metavar="WORDS", help="What is wrong with it.")],
    database: Database = None,
) -> None:
    """Keep a draft back."""
    from tongli.applications.studio import LOCAL

    with opened(database) as store:
        store.review.reject(item, by=LOCAL, reason=reason)

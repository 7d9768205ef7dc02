"""Options that the commands about Studio share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from tongli.applications.studio.store import Store
    from tongli.core import Response

Database = Annotated[
    str | None,
    typer.Option(
        "--database",
        metavar="URL",
        envvar="TONGLI_DATABASE_URL",
        show_envvar=False,
        help="sqlite:///PATH or postgresql://USER@HOST/NAME; a file in your data folder by default.",
    ),
]
Output = Annotated[
    str, typer.Option("--output", "-o", metavar="OUT", help="A new file; - for standard output.")
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]


@contextmanager
def opened(url: str | None) -> Iterator[Store]:
    """The store, closed at the end; raises as :func:`tongli.applications.studio.open_store`."""
    from tongli.applications.studio import open_store

    with open_store(url) as store:
        yield store


@contextmanager
def queueing(*, wanted: bool) -> Iterator[Callable[[Response], object]]:
    """What puts responses that a person must look at into the review queue, where that is wanted."""
    if not wanted:
        yield lambda _: None
        return
    from tongli.applications.studio import LOCAL

    with opened(None) as store:
        from tongli.applications.studio.needs_person import queue_response

        yield lambda response: queue_response(store.review, response, by=LOCAL)


def sure(question: str, *, yes: bool) -> None:
    """Ask, unless told not to; ends the command on a no."""
    if not yes:
        typer.confirm(question, abort=True)

"""Tells how many replies of a batch need a person, so that nobody has to search the output for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from tongli.core import Response


class Held:
    """Counts responses that a person must look at, and passes every one on.

    Args:
        seen: called with each response.
    """

    def __init__(self, seen: Callable[[Response], object]) -> None:
        self._seen = seen
        self.persons = 0
        self.risks = 0

    def __call__(self, response: Response) -> None:
        """Count a response."""
        self._seen(response)
        self.persons += response.needs_person
        self.risks += any(response.reading.decided("risk"))

    def tell(self, *, queued: bool) -> None:
        """Say so on standard error; nothing where nobody is needed."""
        if not self.persons:
            return
        where = "they wait in Studio's review queue" if queued else "--queue puts them into the review queue"
        counts = f"{self.persons} for a person to look at, {self.risks} of them with a risk"
        typer.echo(f"{counts}; {where}", err=True)

"""Options that the commands of ``tongli culture`` share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from tongli.knowledge.claim import Kind

Into = Annotated[
    str, typer.Option("--into", metavar="A,B", help="Show how these languages say it, where that is known.")
]
Kinds = Annotated[
    str | None, typer.Option("--kind", metavar="A,B", help="Only these kinds, for example idiom,norm.")
]


def split_kinds(kinds: str | None) -> tuple[Kind, ...] | None:
    """Kinds of a comma-separated list.

    Raises:
        ConfigError: ``claims.kind``.
    """
    from tongli.cli.options import split_names
    from tongli.core import ConfigError, shorten
    from tongli.knowledge.claim import KINDS

    if kinds is None:
        return None
    named = tuple(kind for name in split_names(kinds) for kind in KINDS if kind == name)
    if not named or len(named) < len(split_names(kinds)):
        raise ConfigError(
            "claims.kind",
            received=f"the kinds {shorten(kinds)}",
            allowed=", ".join(KINDS),
            fix="Correct --kind, or leave it out.",
        )
    return named

"""``tongli culture search``."""

from __future__ import annotations

from typing import Annotated

import typer

from tongli.cli.culture.options import Into
from tongli.cli.options import AsJson, split_names


def search(
    words: Annotated[list[str], typer.Argument(metavar="TEXT", help="An expression, or words about it.")],
    *,
    lang: Annotated[
        str | None,
        typer.Option("--lang", metavar="TAG", help="Only what holds for this language or audience."),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="Claims to show.")] = 5,
    into: Into = "en",
    as_json: AsJson = False,
) -> None:
    """Look up expressions and practices, in every language."""
    from tongli.cli.terminal import dump, stdout_console
    from tongli.knowledge.claim_search import search as look_up

    found = look_up(" ".join(words), lang=lang)
    if as_json:
        told = [{"tag": item.tag, "why": item.why, "claim": item.claim.to_dict()} for item in found[:limit]]
        dump({"found": len(found), "claims": told})
        return
    from rich.text import Text

    from tongli.cli.culture.claim_view import claim_card

    console = stdout_console()
    for place, item in enumerate(found[:limit]):
        if place:
            console.print()
        title = Text.assemble((item.claim.id, "bold"), (f"  found by its {item.why}", "dim"))
        console.print(claim_card(item.claim, into=split_names(into), title=title))
    if len(found) > limit:
        console.print(Text(f"{len(found) - limit} more: --limit {len(found)}", "dim"))
    if not found:
        console.print("nothing found: that is no sign that there is nothing to know")

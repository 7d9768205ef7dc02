"""``tongli read``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from tongli.cli.options import AsJson, Described, Heads, Model, Suspect, grouped, wanted_heads

if TYPE_CHECKING:
    from tongli.core import Reading


@grouped
def read(
    described: Described,
    *,
    heads: Heads = None,
    evidence: Annotated[
        bool, typer.Option("--evidence/--no-evidence", help="Find the words that each claim rests on.")
    ] = True,
    practices: Annotated[
        bool, typer.Option("--practices", help="Show all that an answer should respect, with its sources.")
    ] = False,
    suspect: Suspect = False,
    model: Model = "embedded",
    as_json: AsJson = False,
) -> None:
    """Read what a message means and feels."""
    from tongli import Tongli
    from tongli.cli.terminal import dump, stdout_console, working
    from tongli.core import Settings

    settings = Settings.from_env()
    message = described.message(max_chars=settings.max_chars)
    with working("Reading"):
        tongli = Tongli(model=model, heads=wanted_heads(heads), suspect=suspect, settings=settings)
        reading = tongli.read(message, evidence=evidence)
    if as_json:
        dump(reading_dict(reading))
    else:
        from tongli.cli.reading_view import reading_view

        stdout_console().print(reading_view(reading, practices=practices))


def reading_dict(reading: Reading) -> dict[str, Any]:
    """``Reading.to_dict`` with the weights of the evidence."""
    data = reading.to_dict()
    for claim, told in zip(reading.claims, data["claims"], strict=True):
        told["weights"] = [item.weight for item in claim.evidence]
    return data

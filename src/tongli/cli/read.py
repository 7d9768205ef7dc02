"""``tongli read``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from tongli.cli.options import AsJson, Audience, Author, File, Heads, Lang, Model, Words, split_heads

if TYPE_CHECKING:
    from tongli.core import Reading


def read(
    words: Words = None,
    *,
    file: File = None,
    lang: Lang = None,
    author: Author = None,
    audience: Audience = None,
    heads: Heads = None,
    evidence: Annotated[
        bool, typer.Option("--evidence/--no-evidence", help="Find the words that each claim rests on.")
    ] = True,
    model: Model = "embedded",
    as_json: AsJson = False,
) -> None:
    """Read what a message means and feels."""
    from tongli import Tongli
    from tongli.cli.inputs import build_message
    from tongli.cli.terminal import dump, stdout_console, working
    from tongli.core import Settings

    settings = Settings.from_env()
    message = build_message(
        words, file=file, lang=lang, author=author, audience=audience, max_chars=settings.max_chars
    )
    with working("Reading"):
        reading = Tongli(model=model, heads=split_heads(heads), settings=settings).read(
            message, evidence=evidence
        )
    if as_json:
        dump(reading_dict(reading))
    else:
        from tongli.cli.reading_view import reading_view

        stdout_console().print(reading_view(reading))


def reading_dict(reading: Reading) -> dict[str, Any]:
    """``Reading.to_dict`` with the weights of the evidence."""
    data = reading.to_dict()
    for claim, told in zip(reading.claims, data["claims"], strict=True):
        told["weights"] = [item.weight for item in claim.evidence]
    return data

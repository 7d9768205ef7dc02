"""``tongli respond``."""

from __future__ import annotations

from typing import Annotated

import typer

from tongli.cli.options import AsJson, Described, Model, describes


@describes
def respond(
    described: Described,
    *,
    reply_lang: Annotated[
        str | None,
        typer.Option(
            "--reply-lang", metavar="TAG", help="Language of the reply; the message's own by default."
        ),
    ] = None,
    engine: Annotated[
        str, typer.Option("--engine", metavar="NAME", help="Who drafts: realiser, gguf or openai.")
    ] = "realiser",
    model: Model = "embedded",
    as_json: AsJson = False,
) -> None:
    """Draft a reply to a message, and show every check of it."""
    from tongli import Tongli
    from tongli.cli.terminal import dump, stdout_console, working
    from tongli.core import Settings

    settings = Settings.from_env()
    message = described.message(max_chars=settings.max_chars)
    with working("Reading and writing"):
        response = Tongli(model=model, engine=engine, settings=settings).respond(
            message, reply_lang=reply_lang
        )
    if as_json:
        dump(response.to_dict())
    else:
        from tongli.cli.response_view import response_view

        stdout_console().print(response_view(response))

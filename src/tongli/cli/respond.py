"""``tongli respond``."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from tongli.cli.held import Held
from tongli.cli.options import AsJson, Described, Model, Run, grouped
from tongli.cli.plan import PlanFile, ReplyLang, Style, read_changes, read_style
from tongli.cli.studio.options import queueing


@grouped
def respond(
    described: Described,
    *,
    reply_lang: ReplyLang = None,
    style: Style = None,
    plan: PlanFile = None,
    engine: Annotated[
        str, typer.Option("--engine", metavar="NAME", help="Who drafts: realiser, gguf or openai.")
    ] = "realiser",
    model: Model = "embedded",
    as_json: AsJson = False,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Read JSON lines with id and text, .gz too, from the file named.")
    ] = False,
    target: Annotated[
        str,
        typer.Option(
            "--output", "-o", metavar="OUT", help="Where their replies go, .gz too; - for standard output."
        ),
    ] = "-",
    run: Run,
    queue: Annotated[
        bool, typer.Option("--queue", help="Put replies that need a person into Studio's review queue.")
    ] = False,
) -> None:
    """Draft a reply to a message, and show every check of it."""
    from tongli import Tongli
    from tongli.applications.respond import answered
    from tongli.cli.terminal import dump, stdout_console, working
    from tongli.cli.usage import tell_usage
    from tongli.core import Settings

    settings = Settings.from_env()
    house, changes = read_style(style), read_changes(plan)
    tongli = Tongli(model=model, engine=engine, settings=settings)
    if jsonl:
        from tongli.applications.respond import respond_lines

        with queueing(wanted=queue) as seen:
            held = Held(seen)
            work = partial(
                respond_lines, tongli=tongli, reply_lang=reply_lang, style=house, changes=changes, seen=held
            )
            status = run.lines(
                described.words, work, target=target, lang=described.lang, max_chars=settings.max_chars
            )
        if not run.quiet:
            held.tell(queued=queue)
            tell_usage(tongli.engines)
        raise typer.Exit(status)
    message = described.message(max_chars=settings.max_chars)
    with working("Reading and writing"), queueing(wanted=queue) as seen:
        response = answered(message, tongli=tongli, reply_lang=reply_lang, style=house, changes=changes)
        seen(response)
    if not run.quiet:
        tell_usage(tongli.engines)
    if as_json:
        dump(response.to_dict())
    else:
        from tongli.cli.response_view import response_view

        stdout_console().print(response_view(response))

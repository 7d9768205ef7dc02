"""``tongli verify``."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from tongli.cli.options import AsJson, Described, Model, Run, grouped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tongli import Tongli
    from tongli.core import Settings

FAILED = 1
"""Exit status when a check failed."""


@grouped
def verify(
    described: Described,
    *,
    draft: Annotated[
        str | None, typer.Option("--draft", metavar="TEXT", help="The reply to judge.", show_default=False)
    ] = None,
    register: Annotated[
        str | None, typer.Option("--register", metavar="R", help="It must keep: formal, neutral, informal.")
    ] = None,
    keep: Annotated[
        list[str] | None,
        typer.Option("--keep", metavar="WORDS", help="Must be repeated word for word; may be given again."),
    ] = None,
    reply_lang: Annotated[
        str | None, typer.Option("--reply-lang", metavar="TAG", help="Language that it must be in.")
    ] = None,
    model: Model = "embedded",
    as_json: AsJson = False,
    jsonl: Annotated[
        bool,
        typer.Option("--jsonl", help="Read JSON lines with id, source, draft and plan from the file named."),
    ] = False,
    target: Annotated[
        str,
        typer.Option(
            "--output", "-o", metavar="OUT", help="Where their verdicts go, .gz too; - for standard output."
        ),
    ] = "-",
    run: Run,
) -> None:
    """Judge a reply that anybody wrote, by the checks that tongli's own drafts pass.

    The exit status is 1 when a check failed.
    """
    from tongli import Tongli
    from tongli.core import Settings

    settings = Settings.from_env()
    tongli = Tongli(model=model, settings=settings)
    if jsonl:
        from tongli.applications.verify import verify_lines

        work = partial(verify_lines, tongli=tongli)
        raise typer.Exit(
            run.lines(described.words, work, target=target, lang=described.lang, max_chars=settings.max_chars)
        )
    demands = {"register": register, "keep": list(keep or ()) or None, "lang": reply_lang}
    wanted = {name: value for name, value in demands.items() if value is not None}
    _one(described, draft=draft, demands=wanted, tongli=tongli, settings=settings, as_json=as_json)


def _one(
    described: Described,
    *,
    draft: str | None,
    demands: Mapping[str, object],
    tongli: Tongli,
    settings: Settings,
    as_json: bool,
) -> None:
    from tongli.applications.verify import judge
    from tongli.cli.response_view import checks_view
    from tongli.cli.terminal import dump, stdout_console, working
    from tongli.core import ConfigError
    from tongli.core.text import require_text

    if draft is None:
        raise ConfigError(
            "verify.draft",
            received="no draft",
            allowed='a message and --draft, as in tongli verify "Where is it?" --draft "On its way."',
            fix="Give the reply with --draft, or use --jsonl for many.",
        )
    message = described.message(max_chars=settings.max_chars)
    require_text(draft, max_chars=settings.max_chars)
    with working("Reading"):
        verdict = judge(draft, message=message, tongli=tongli, demands=demands)
    if as_json:
        dump(verdict.to_dict())
    else:
        stdout_console().print(checks_view(verdict))
    if not verdict.passed:
        raise typer.Exit(FAILED)

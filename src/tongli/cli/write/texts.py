"""``tongli write post``, ``ad``, ``news``, ``story`` and ``reply``."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tongli.cli.lines import one_source, run_lines
from tongli.cli.options import AsJson, Errors, Model, Overwrite, Quiet, Resume, Seed
from tongli.cli.plan import Style, read_style
from tongli.cli.write.lent import lent

if TYPE_CHECKING:
    from tongli import Tongli
    from tongli.applications.each_line import Record
    from tongli.applications.write.brief import Brief
    from tongli.applications.write.texts import Written
    from tongli.generation.adapt import Audience
    from tongli.generation.tasks import Sheet

_ABOUT = {
    "post": "Write a post for social media from a sheet of facts, for each audience.",
    "ad": "Write an advertisement from a sheet of facts, for each audience.",
    "news": "Write a short news item from a sheet of facts, for each audience.",
    "story": "Write a short true story from a sheet of facts, for each audience.",
    "reply": "Write an answer to somebody who asked, from a sheet of facts, for each audience.",
}
_MORE = """

    No fact comes out that was not in: a number, date, price, link or name that the sheet does not hold fails
    the text. Every text says that a machine wrote it, unless you take that out."""

Engine = Annotated[
    str, typer.Option("--engine", metavar="NAME", help="Who writes: realiser, openai or gguf.")
]


def texts_command(task: str) -> Callable[..., None]:
    """The command of a task; all take the same options."""
    return lent(_options, partial(_write, task), about=_ABOUT[task] + _MORE)


def _options(
    lines: Annotated[
        list[str] | None,
        typer.Argument(metavar="[IN]", help="With --jsonl, the input file or -.", show_default=False),
    ] = None,
    *,
    facts: Annotated[
        str | None,
        typer.Option(
            "--facts", metavar="FILE", help='A sheet of facts: .toml, .json, or "key: value" lines.'
        ),
    ] = None,
    lang: Annotated[
        str | None,
        typer.Option("--lang", metavar="TAG", help="Language of the facts, unless the sheet says it."),
    ] = None,
    to: Annotated[
        list[str] | None,
        typer.Option(
            "--to", metavar="A,B", help="Audiences, such as en-GB,ja-JP:register=keigo; may be repeated."
        ),
    ] = None,
    where: Annotated[
        str | None,
        typer.Option("--channel", metavar="NAME", help="Whose limits count: see tongli write channels."),
    ] = None,
    tone: Annotated[
        str, typer.Option("--tone", metavar="TONE", help="plain, warm, excited or serious.")
    ] = "plain",
    variants: Annotated[int, typer.Option("--variants", metavar="N", help="Texts for each audience.")] = 3,
    max_chars: Annotated[
        int | None, typer.Option("--max-chars", metavar="N", min=1, help="Longest text, in code points.")
    ] = None,
    style: Style = None,
    label: Annotated[
        bool, typer.Option("--label/--no-label", help="Say in the text that a machine wrote it.")
    ] = True,
    engine: Engine = "realiser",
    model: Model = "embedded",
    seed: Seed = 0,
    jsonl: Annotated[
        bool,
        typer.Option("--jsonl", help="Read JSON lines with id, facts and, if wanted, to, channel and tone."),
    ] = False,
    target: Annotated[
        str,
        typer.Option("--output", "-o", metavar="OUT", help="Where their texts go, .gz too; - for output."),
    ] = "-",
    resume: Resume = False,
    overwrite: Overwrite = False,
    errors: Errors = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Only the options, which :func:`texts_command` lends to every task."""


def _write(task: str, *, engine: str, model: str, to: list[str] | None, **options: Any) -> None:
    from tongli import Tongli
    from tongli.applications.write.brief import make_brief, read_audiences
    from tongli.cli.terminal import dump, stdout_console, working
    from tongli.cli.usage import tell_usage
    from tongli.core import Settings

    settings = Settings.from_env()
    tongli = Tongli(model=model, engine=engine, settings=settings, heads=["ekman6", "sentiment", "formality"])
    house = read_style(options["style"])

    def brief(record: Record) -> Brief:
        return make_brief(
            task,
            tone=record.get("tone") or options["tone"],
            where=record.get("channel") or options["where"],
            max_chars=options["max_chars"],
            variants=options["variants"],
            label=options["label"],
            style=house,
            seed=options["seed"],
        )

    if options["jsonl"]:
        status = _many(tongli, brief, to or [], max_chars=settings.max_chars, options=options)
        if not options["quiet"]:
            tell_usage(tongli.engines)
        raise typer.Exit(status)
    wanted = brief({})
    sheet = _sheet(options["facts"], options["lines"], lang=options["lang"])
    audiences = read_audiences(to or [], sheet)
    with working("Writing"):
        from tongli.applications.write.texts import to_dict, write

        found = write(sheet, wanted, audiences=audiences, tongli=tongli)
    if not options["quiet"]:
        tell_usage(tongli.engines)
    if options["as_json"]:
        dump([to_dict(each, avoid=wanted.avoid) for each in found])
    else:
        stdout_console().print(_view(found))


def _many(
    tongli: Tongli,
    brief: Callable[[Record], Brief],
    to: list[str],
    *,
    max_chars: int,
    options: dict[str, Any],
) -> int:
    from tongli.applications import Job
    from tongli.applications.write.brief import read_audiences
    from tongli.applications.write.texts import write_lines

    def audiences(record: Record, sheet: Sheet) -> list[Audience]:
        own = record.get("to") or to
        return read_audiences([own] if isinstance(own, str) else own, sheet)

    job = Job(
        source=one_source(options["lines"]),
        target=options["target"],
        errors=options["errors"],
        lang=options["lang"],
        resume=options["resume"],
        overwrite=options["overwrite"],
        max_chars=max_chars,
    )
    run = partial(write_lines, tongli=tongli, brief=brief, audiences=audiences)
    return run_lines(job, run, quiet=options["quiet"], resumable=True)


def _sheet(path: str | None, lines: list[str] | None, *, lang: str | None) -> Sheet:
    from tongli.applications.write.sheets import read_sheet
    from tongli.core import ConfigError

    if path is None or lines:
        raise ConfigError(
            "write.facts",
            received="no sheet of facts" if path is None else "an input without --jsonl",
            allowed="--facts FILE, or --jsonl with a file of lines",
            fix='Put title = "…" and what is to be told into a file, and name it with --facts.',
        )
    return read_sheet(path, lang=lang)


def _view(found: list[Written]) -> Any:
    from rich.console import Group
    from rich.text import Text

    from tongli.cli.response_view import checks_view

    parts: list[Any] = []
    for written in found:
        parts.append(Text(f"\n{written.audience}", "bold"))
        for number, variant in enumerate(written.variants, 1):
            told = (
                [f"{variant.size.used} of {variant.size.limit} {variant.size.unit}"] if variant.size else []
            )
            feeling, sentiment = (
                variant.feeling or "no clear feeling",
                variant.sentiment or "no clear sentiment",
            )
            told += [f"reads as {feeling}, {sentiment}"]
            told += [f"leaves out {', '.join(variant.left_out)}"] if variant.left_out else []
            mark = "✓" if variant.verdict.passed else "✗"
            parts += [Text(f"\n{mark} {number}", "green" if variant.verdict.passed else "red")]
            parts += [Text(variant.text), Text("; ".join(told), "dim")]
            parts += [] if variant.verdict.passed else [checks_view(variant.verdict)]
            parts += [Text(f"· {hint}", "dim") for hint in variant.hints]
        parts += [Text(f"· {note}", "yellow") for note in written.notes]
        if written.needs_person:
            parts.append(Text("A person must look: no text passed every check.", "bold yellow"))
    return Group(*parts, Text(""))

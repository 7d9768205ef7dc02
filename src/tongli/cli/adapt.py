"""``tongli adapt``."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tongli.cli.lines import run_lines
from tongli.cli.options import AsJson, Errors, File, Model, Overwrite, Quiet, Words, split_names

if TYPE_CHECKING:
    from tongli.applications import Job
    from tongli.generation.adapt import Adaptation, Audience, Wordings
    from tongli.pipeline import Tongli

_KINDS = "greeting, name, date, currency, number, unit, idiom, culture-item, register, taboo"


def adapt(
    words: Words = None,
    *,
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="AUDIENCE",
            help="Who reads it: ja-JP, or with wishes ja-JP:register=keigo,medium=email.",
        ),
    ] = None,
    lang: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="TAG",
            help="Language of the text, best with the writer's region (en-US); identified when left out.",
        ),
    ] = None,
    original: Annotated[
        str | None,
        typer.Option(
            "--original",
            metavar="TEXT",
            help="The English text that TEXT translates: tells who is meant where the register changes.",
        ),
    ] = None,
    file: File = None,
    jsonl: Annotated[
        bool,
        typer.Option(
            "--jsonl", help="TEXT is a file of JSON lines with id, text, lang, to and original, .gz too."
        ),
    ] = False,
    target: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="OUT",
            help="Write the text there instead of showing changes; - for standard output.",
        ),
    ] = None,
    only: Annotated[
        str | None, typer.Option("--only", metavar="A,B", help=f"Only these kinds of changes: {_KINDS}.")
    ] = None,
    skip: Annotated[
        str | None, typer.Option("--skip", metavar="A,B", help="Not these kinds of changes.")
    ] = None,
    person: Annotated[
        list[str] | None,
        typer.Option(
            "--person",
            metavar="PERSON",
            help='Somebody whom the text names: "given=…;family=…;locale=ja"; may be repeated.',
        ),
    ] = None,
    engine: Annotated[
        str | None,
        typer.Option(
            "--engine",
            metavar="ENGINE",
            help="Says expressions plainly where claims cannot: gguf or openai in place, apertium or mt "
            "beside them; the same checks judge each.",
        ),
    ] = None,
    no_model: Annotated[
        bool,
        typer.Option(
            "--no-model",
            help="Ask where an expression may mean its words, and look for no near equivalents.",
        ),
    ] = False,
    model: Model = "embedded",
    audiences: Annotated[
        bool, typer.Option("--audiences", help="List audiences, settings and kinds, and stop.")
    ] = False,
    overwrite: Overwrite = False,
    errors: Errors = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Make a text land with readers elsewhere, in its own language, by changes that can be taken back.

    Shows every change with its reason and source, and what only the writer can decide; nothing is written
    without -o. With --jsonl, a line that cannot be read goes to the errors file beside OUT with its number, a
    code and what to do, and the exit status is 3.
    """
    if audiences:
        from tongli.cli.adapt_view import list_audiences

        list_audiences()
        return
    from tongli.applications.adapt import adapt_lines, adapt_text, choose_kinds

    kinds = choose_kinds(only=split_names(only), skip=split_names(skip))
    reader = None if no_model else _reader(model)
    wordings = _wordings(reader, engine)
    audience = _audience(to, person, needed=not jsonl)
    if jsonl:
        job = _job(words, target, lang=lang, overwrite=overwrite, errors=errors)
        raise typer.Exit(
            run_lines(
                job,
                partial(adapt_lines, to=audience, kinds=kinds, tongli=reader, wordings=wordings),
                quiet=quiet,
            )
        )
    run = partial(
        adapt_text,
        to=audience or "",
        lang=lang,
        kinds=kinds,
        tongli=reader,
        wordings=wordings,
        original=original,
    )
    done, written = _one(words, run, file=file, lang=lang)
    if target is not None:
        _write(done.text, target, overwrite=overwrite)
    elif not as_json:
        from tongli.cli.adapt_view import show

        show(done, written)
    if as_json:
        from tongli.cli.terminal import dump

        dump(done.to_dict())


def _reader(model: str) -> Tongli:
    """Its weights load only if an expression is met that may mean its words."""
    from tongli import Tongli

    return Tongli(model=model)


def _wordings(reader: Tongli | None, engine: str | None) -> Wordings | None:
    """Checks need the model, and so do near equivalents."""
    from tongli.applications.wordings import open_wordings
    from tongli.core import ConfigError

    if reader is not None:
        return open_wordings(reader, engine)
    if engine is None:
        return None
    raise ConfigError(
        "adapt.engine",
        received="--engine with --no-model",
        allowed="an engine with the model, which checks what it writes",
        fix="Leave out one of the two.",
    )


def _audience(to: str | None, person: list[str] | None, *, needed: bool) -> Audience | None:
    from tongli.applications.people import parse_person
    from tongli.core import ConfigError
    from tongli.generation.adapt import Audience
    from tongli.generation.adapt.audience import told_choices

    people = tuple(map(parse_person, person or ()))
    if to is not None:
        return Audience.parse(to, people=people)
    if needed or people:
        raise ConfigError(
            "adapt.to",
            received="no audience",
            allowed=told_choices(),
            fix="Name one with --to, for example --to ja-JP:register=keigo.",
        )
    return None


def _job(
    words: list[str] | None, target: str | None, *, lang: str | None, overwrite: bool, errors: str | None
) -> Job:
    from tongli.applications import Job
    from tongli.core import ConfigError, Settings

    if words is not None and len(words) > 1:
        raise ConfigError(
            "adapt.input",
            received=f"{len(words)} inputs",
            allowed="one file, or - for standard input",
            fix="Name one file, or leave --jsonl out to adapt one text.",
        )
    return Job(
        source=words[0] if words else "-",
        target=target or "-",
        errors=errors,
        lang=lang,
        overwrite=overwrite,
        max_chars=Settings.from_env().max_chars,
    )


def _one(
    words: list[str] | None, run: Callable[[str], Adaptation], *, file: str | None, lang: str | None
) -> tuple[Adaptation, str]:
    """The adaptation, and the text as it was."""
    from tongli.cli.inputs import build_message
    from tongli.core import Settings
    from tongli.core.text import require_text

    limit = Settings.from_env().max_chars
    message = build_message(words, file=file, lang=lang, author=None, audience=None, max_chars=limit)
    text = require_text(message.text, max_chars=limit)
    return run(text), text


def _write(text: str, target: str, *, overwrite: bool) -> None:
    from tongli.applications.job import Job, check
    from tongli.applications.sink import Sink

    check(Job(source="-", target=target, overwrite=overwrite))
    sink = Sink(1 if target == "-" else Path(target), packed=target.endswith(".gz"))
    try:
        sink.append(f"{text}\n".encode("utf-8", errors="surrogatepass"))
    finally:
        sink.close()

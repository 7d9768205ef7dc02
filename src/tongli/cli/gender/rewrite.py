"""``tongli gender rewrite``."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from tongli.cli.gender.language import identified
from tongli.cli.lines import run_lines
from tongli.cli.options import Errors, Overwrite, People, Quiet

if TYPE_CHECKING:
    from tongli.applications import Job
    from tongli.applications.documents import Changes, Document
    from tongli.empathy.gender.rules import Rewrite


def rewrite(
    source: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="A .txt, .md, .docx or .epub, or JSON lines with --jsonl; - reads standard input.",
        ),
    ] = "-",
    *,
    people: People = None,
    to: Annotated[
        Literal["neutral"] | None, typer.Option("--to", help="Make the forms of people neutral instead.")
    ] = None,
    alternatives: Annotated[
        bool, typer.Option("--alternatives", help="Show every gendered version of a short text instead.")
    ] = False,
    style: Annotated[
        str | None,
        typer.Option("--style", metavar="NAME", help="Style of neutral forms; a language's page lists them."),
    ] = None,
    lang: Annotated[
        str | None,
        typer.Option("--lang", metavar="TAG", help="Language of the text, or of lines that declare none."),
    ] = None,
    jsonl: Annotated[
        bool,
        typer.Option("--jsonl", help="Read JSON lines with id, text, lang and people, to or alternatives."),
    ] = False,
    target: Annotated[
        str,
        typer.Option("--output", "-o", metavar="OUT", help="Where the result goes; - for standard output."),
    ] = "-",
    in_place: Annotated[
        bool, typer.Option("--in-place", help="Replace FILE, and keep it as FILE.bak beside.")
    ] = False,
    overwrite: Overwrite = False,
    errors: Errors = None,
    quiet: Quiet = False,
) -> None:
    """Rewrite the forms of people as they declared them; the rest of the text stays letter for letter.

    The original is never overwritten without --in-place. With --jsonl, a line that cannot be read goes to the
    errors file beside OUT with its number, a code and what to do, and the exit status is 3.
    """
    goals = sum((people is not None, to is not None, alternatives))
    if jsonl:
        _need(not goals and not in_place, "--jsonl with a goal of its own", "Put the goal into every line.")
        job = _job(source, target, lang=lang, overwrite=overwrite, errors=errors)
        raise typer.Exit(_lines(job, style=style, quiet=quiet))
    _need(goals <= 1, f"{goals} goals", "Give one of --people FILE, --to neutral and --alternatives.")
    _need(
        not in_place or (source != "-" and target == "-" and not alternatives),
        "--in-place without a file to replace, or with another output",
        "Name the file, and leave out -o and --alternatives.",
    )
    if alternatives:
        _alternatives(source, lang=lang)
        return
    if not in_place:
        _job(source, target, lang=lang, overwrite=overwrite, errors=errors)
    document = _document(source)
    lang = lang or identified(None if source == "-" else document)
    change = _neutral(style, lang=lang) if to is not None else _change(people, lang=lang)
    _write(document, change, target=source if in_place else target, keep=in_place, quiet=quiet)


def _need(condition: bool, received: str, fix: str) -> None:
    from tongli.core import ConfigError

    if not condition:
        raise ConfigError(
            "gender.input",
            received=received,
            allowed="a file and one goal: --people FILE, --to neutral or --alternatives; or --jsonl",
            fix=fix,
        )


def _job(source: str, target: str, *, lang: str | None, overwrite: bool, errors: str | None) -> Job:
    from tongli.applications import Job, check
    from tongli.core import Settings

    job = Job(
        source=source,
        target=target,
        errors=errors,
        lang=lang,
        overwrite=overwrite,
        max_chars=Settings.from_env().max_chars,
    )
    check(job)
    return job


def _lines(job: Job, *, style: str | None, quiet: bool) -> int:
    from tongli.applications.gender.rewrite import rewrite_lines

    return run_lines(
        job,
        partial(rewrite_lines, style=style),
        quiet=quiet,
    )


def _document(source: str) -> Document:
    from tongli.applications.documents import Plain, open_document

    if source != "-":
        return open_document(Path(source))
    return Plain(source=open(0, encoding="utf-8", newline="", closefd=False))


def _neutral(style: str | None, *, lang: str) -> Callable[[str], Rewrite]:
    from tongli.empathy.gender.rules import rules

    return partial(rules(lang).neutral, style=style)


def _change(people: str | None, *, lang: str) -> Callable[[str], Rewrite]:
    from tongli.applications.people import known_people
    from tongli.empathy.gender.rules import rules

    declared = known_people(people, lang=lang)
    _need(bool(declared), "nobody, as your store of people is empty", "Give one of these goals.")
    return partial(rules(lang).rewrite, people=declared)


def _alternatives(source: str, *, lang: str | None) -> None:
    from tongli.cli.inputs import build_message
    from tongli.cli.terminal import dump
    from tongli.core import Settings
    from tongli.empathy.gender.rules import rules

    text = build_message(
        None,
        file=None if source == "-" else source,
        lang=lang,
        author=None,
        audience=None,
        max_chars=Settings.from_env().max_chars,
    ).text
    found = rules(lang or identified(None if source == "-" else _document(source))).alternatives(text or "")
    dump(dict(found.texts))


def _write(
    document: Document, change: Callable[[str], Rewrite], *, target: str, keep: bool, quiet: bool
) -> None:
    from tongli.applications.documents import save, write

    if target == "-" or (Path(target).exists() and not Path(target).is_file()):
        with open(1 if target == "-" else target, "wb", closefd=target != "-") as output:
            _tell(write(document, output, change), quiet=quiet)
        return
    backup, changes = save(document, Path(target), change, keep=keep)
    _tell(changes, quiet=quiet, backup=backup)


def _tell(changes: Changes, *, quiet: bool, backup: Path | None = None) -> None:
    if not quiet:
        kept = f"; the original is in {backup}" if backup else ""
        typer.echo(f"{changes.edits} changed, {changes.abstained} left alone{kept}", err=True)

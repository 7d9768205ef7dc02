"""``tongli culture name``."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from tongli.cli.lines import run_lines
from tongli.cli.options import Errors, Overwrite, Quiet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tongli.core import ConfigError
    from tongli.knowledge.person_names import NameStyle


def name(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FIELD=TEXT",
            help="CLDR's fields, such as given=Ana surname=Reis; with --jsonl, the input file or -.",
            show_default=False,
        ),
    ] = None,
    *,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Read JSON lines with name and locale, .gz too.")
    ] = False,
    target: Annotated[
        str,
        typer.Option("--output", "-o", metavar="OUT", help="Where names go, .gz too; - for standard output."),
    ] = "-",
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="TAG", help="Locale of the reader, and of lines that name none."),
    ] = None,
    lang: Annotated[
        str | None,
        typer.Option("--lang", metavar="TAG", help="Language of the name, or of names that declare none."),
    ] = None,
    order: Annotated[
        str | None, typer.Option("--order", metavar="ORDER", help="given-first, surname-first or sorting.")
    ] = None,
    length: Annotated[
        str | None, typer.Option("--length", metavar="LENGTH", help="long, medium or short.")
    ] = None,
    usage: Annotated[
        str | None, typer.Option("--usage", metavar="USAGE", help="referring, addressing or monogram.")
    ] = None,
    formality: Annotated[
        str | None, typer.Option("--formality", metavar="FORMALITY", help="formal or informal.")
    ] = None,
    overwrite: Overwrite = False,
    errors: Errors = None,
    quiet: Quiet = False,
) -> None:
    """Write a person's name as its readers write it, by CLDR's rules for person names.

    What the options leave open is as usual in the reader's locale; the order is that of the name's language.
    """
    from tongli.knowledge.person_names import NameStyle

    style = NameStyle.of(order=order, length=length, usage=usage, formality=formality)
    if not jsonl:
        _one(words or (), to=to, lang=lang, style=style)
        return
    from tongli.applications import Job
    from tongli.applications.names import name_lines

    job = Job(source=_only(words), target=target, errors=errors, lang=to, overwrite=overwrite)
    raise typer.Exit(
        run_lines(
            job,
            partial(name_lines, style=style, lang=lang),
            quiet=quiet,
        )
    )


def _one(words: Sequence[str], *, to: str | None, lang: str | None, style: NameStyle) -> None:
    from tongli.cli.terminal import stdout_console
    from tongli.knowledge.person_name_format import format_name
    from tongli.knowledge.person_names import NameFields

    pairs = [word.partition("=") for word in words]
    if to is None or not pairs or not all(equals for _, equals, _ in pairs):
        raise _unusable("no name" if not pairs else "no reader" if to is None else "a word without =")
    fields = NameFields.of({key: value for key, _, value in pairs}, locale=lang)
    stdout_console().print(format_name(fields, to, style), soft_wrap=True)


def _only(words: Sequence[str] | None) -> str:
    if words is not None and len(words) > 1:
        raise _unusable(f"{len(words)} inputs")
    return words[0] if words else "-"


def _unusable(received: str) -> ConfigError:
    from tongli.core import ConfigError

    return ConfigError(
        "name.input",
        received=received,
        allowed="fields and the reader's locale, or one file with --jsonl",
        fix="For example: tongli culture name given=Ana surname=Reis --to en",
    )

"""``tongli gender swap``."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from tongli.cli.options import AsJson, Errors, Overwrite, Quiet

if TYPE_CHECKING:
    from tongli.applications import Job


def swap(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="TEXT", help="A text; with --jsonl, the input file or -.", show_default=False),
    ] = None,
    *,
    to: Annotated[
        str | None,
        typer.Option(
            "--to", metavar="A,B", help="Versions to write: feminine, masculine, neutral; all by default."
        ),
    ] = None,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Read JSON lines with id, text and lang, .gz too.")
    ] = False,
    target: Annotated[
        str,
        typer.Option(
            "--output", "-o", metavar="OUT", help="Where versions go, .gz too; - for standard output."
        ),
    ] = "-",
    lang: Annotated[
        str | None,
        typer.Option("--lang", metavar="TAG", help="Language of the text, or of lines that declare none."),
    ] = None,
    as_json: AsJson = False,
    overwrite: Overwrite = False,
    errors: Errors = None,
    quiet: Quiet = False,
) -> None:
    """Write a text's other versions: its people in feminine, masculine and neutral forms.

    With --jsonl every version becomes a line with the fields of its original, labels too; a text in which
    nothing varies, or that no rule should be trusted with, gives none. A line that cannot be read goes to the
    errors file beside OUT with its number, a code and what to do, and the exit status is 3.
    """
    from tongli.applications import Job
    from tongli.cli.lines import one_source
    from tongli.core import Settings

    chosen = _forms(to)
    limit = Settings.from_env().max_chars
    if not jsonl:
        _one(words, to=chosen, lang=lang, max_chars=limit, as_json=as_json)
        return
    job = Job(
        source=one_source(words),
        target=target,
        errors=errors,
        lang=lang,
        overwrite=overwrite,
        max_chars=limit,
    )
    raise typer.Exit(_many(job, to=chosen, quiet=quiet))


def _forms(listed: str | None) -> tuple[str, ...]:
    from tongli.applications.gender.swap import FORMS
    from tongli.cli.options import split_names
    from tongli.core import ConfigError

    chosen = split_names(listed) or FORMS
    if set(chosen) <= set(FORMS):
        return chosen
    raise ConfigError(
        "gender.input",
        received="a version that is not known",
        allowed=", ".join(FORMS),
        fix="Name versions with --to, with commas between them.",
    )


def _many(job: Job, *, to: tuple[str, ...], quiet: bool) -> int:
    from tongli.applications.gender.swap import Swapped, swap_lines
    from tongli.cli.lines import run_lines

    counts = Swapped()
    status = run_lines(
        job,
        partial(swap_lines, to=to, counts=counts),
        quiet=quiet,
    )
    if not quiet:
        typer.echo(
            f"{counts.versions} versions of {counts.swapped} texts; nothing varies in {counts.same}, "
            f"{counts.abstained} abstained from",
            err=True,
        )
    return status


def _one(
    words: list[str] | None, *, to: tuple[str, ...], lang: str | None, max_chars: int, as_json: bool
) -> None:
    from tongli.applications.gender.swap import swap_dict
    from tongli.cli.inputs import build_message
    from tongli.cli.terminal import dump
    from tongli.empathy.gender.swap import swap as swapped

    text = build_message(words, file=None, lang=None, author=None, audience=None, max_chars=max_chars).text
    found = swapped(text, lang=lang or _identified(text))
    if as_json:
        dump(swap_dict(found))
        return
    for name, version in found.versions.items():
        if name in to:
            typer.echo(f"{name}: {version.text}")
    for item in found.abstained:
        typer.echo(f"abstained: {item.reason}")
    if not found.versions and not found.abstained:
        typer.echo("nothing varies")


def _identified(text: str) -> str:
    """The language of a text; rules of another language would do harm."""
    from tongli.core import ConfigError
    from tongli.encoders.language import identify

    found = identify(text)
    if not found.abstained:
        return found.tag
    raise ConfigError(
        "gender.input",
        received="a text whose language is not clear",
        allowed="a text with --lang",
        fix="Name its language with --lang.",
    )

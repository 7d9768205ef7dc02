"""``tongli lint``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tongli.applications.lint.check import Checked
    from tongli.applications.lint.config import LintConfig

FOUND = 1
"""Exit status when there are findings at or above ``--fail-on``."""
_FORMATS = ("text", "json", "sarif")

_Names = Annotated[
    str | None, typer.Option("--select", metavar="A,B", help="Only these ids or kinds of claims.")
]


def lint(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="FILE", help="Texts: .txt, .md, folders, patterns; - reads standard input."),
    ],
    *,
    audiences: Annotated[
        str | None,
        typer.Option("--for", metavar="A,B", help="Audiences that read the texts, for example de-DE,ja-JP."),
    ] = None,
    lang: Annotated[
        str | None,
        typer.Option("--lang", metavar="TAG", help="Language of the texts; identified when left out."),
    ] = None,
    select: _Names = None,
    ignore: Annotated[
        str | None, typer.Option("--ignore", metavar="A,B", help="Not these ids or kinds of claims.")
    ] = None,
    fail_on: Annotated[
        str | None,
        typer.Option(
            "--fail-on", metavar="LEVEL", help="Exit with 1 from here on: warning (default), note, never."
        ),
    ] = None,
    form: Annotated[str, typer.Option("--format", metavar="FORM", help="text, json or sarif.")] = "text",
    config: Annotated[
        Path | None,
        typer.Option(
            "--config",
            metavar="FILE",
            help="Instead of the nearest .tongli-lint.toml or pyproject.toml.",
        ),
    ] = None,
) -> None:
    """Find what readers of other languages and cultures may stumble over.

    Idioms, proverbs and slang, things that an outsider needs explained, practices of the audience that the
    text touches, and levels of address that mix. The exit status is 1 when there are findings from --fail-on
    on. A finding is a place to look at, no verdict.
    """
    from tongli.applications.lint.check import check
    from tongli.applications.lint.files import expand, read
    from tongli.cli.terminal import dump, working

    _require_form(form)
    chosen = _options(config, audiences=audiences, lang=lang, select=select, ignore=ignore, fail_on=fail_on)
    with working("Reading"):
        checked = [check(read(name), chosen) for name in expand(paths)]
    if form == "text":
        from tongli.cli.lint_view import show

        show(checked, audiences=chosen.audiences)
    else:
        from tongli.applications.lint.report import as_json, as_sarif

        dump(as_json(checked, audiences=chosen.audiences) if form == "json" else as_sarif(checked))
    _tell_doubts(checked)
    failed = chosen.fails(finding.severity for item in checked for finding in item.findings)
    raise typer.Exit(FOUND if failed else 0)


def _options(
    path: Path | None,
    *,
    audiences: str | None,
    lang: str | None,
    select: str | None,
    ignore: str | None,
    fail_on: str | None,
) -> LintConfig:
    """The configuration file, where the command line does not say otherwise."""
    from dataclasses import replace

    from tongli.applications.lint import config
    from tongli.cli.options import split_names
    from tongli.core import ConfigError
    from tongli.knowledge.tags import fallbacks

    read = config.load(path)
    names = split_names(audiences) or read.audiences
    if not names:
        raise ConfigError(
            "lint.for",
            received="no audience",
            allowed="audiences by --for, or for = […] in .tongli-lint.toml",
            fix="For example: tongli lint FILE --for de-DE,ja-JP",
        )
    return replace(
        read,
        audiences=tuple(dict.fromkeys(fallbacks(name)[0] for name in names)),
        lang=lang or read.lang,
        select=read.select if select is None else config.rule_names(split_names(select)),
        ignore=read.ignore if ignore is None else read.ignore | config.rule_names(split_names(ignore)),
        fail_on=read.fail_on if fail_on is None else config.fail_on(fail_on),
    )


def _require_form(form: str) -> None:
    from tongli.core import ConfigError, shorten

    if form not in _FORMATS:
        raise ConfigError(
            "lint.format",
            received=shorten(form),
            allowed=", ".join(_FORMATS),
            fix="Correct --format.",
        )


def _tell_doubts(checked: Sequence[Checked]) -> None:
    """On standard error, as a text that was not looked at, or in the wrong language, is not clean."""
    from tongli.cli.terminal import language_name, stderr_console

    for item in checked:
        name = item.document.name
        if item.skipped:
            told = f"{name} was not looked at: {item.skipped}. Name it with --lang."
        elif item.language.abstained:
            told = f"{name} was read as {language_name(item.language.tag)}, not sure: name it with --lang."
        else:
            continue
        stderr_console().print(told, soft_wrap=True)

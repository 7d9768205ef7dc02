"""``tongli gender check``."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tongli.cli.lines import run_lines
from tongli.cli.options import Errors, Overwrite, People, Quiet, split_names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tongli.applications.documents import Prose
    from tongli.applications.gender.check import Checked
    from tongli.applications.gender.check_config import CheckConfig
    from tongli.empathy.gender.reference.coreference import Read

FOUND = 1
"""Exit status when there are findings at or above ``--fail-on``."""


def check(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE", help="Texts: .txt, .md, .docx, .epub, folders, patterns; - reads standard input."
        ),
    ],
    *,
    people: People = None,
    everyone: Annotated[
        bool | None,
        typer.Option(
            "--everyone/--listed", help="Whether forms of people who are not listed are assumptions."
        ),
    ] = None,
    style: Annotated[
        str | None,
        typer.Option("--style", metavar="NAME", help="plain, microsoft, apa, chicago or fiction; English."),
    ] = None,
    select: Annotated[
        str | None, typer.Option("--select", metavar="A,B", help="Only these labels or rules.")
    ] = None,
    ignore: Annotated[
        str | None, typer.Option("--ignore", metavar="A,B", help="Not these labels or rules.")
    ] = None,
    fail_on: Annotated[
        str | None,
        typer.Option(
            "--fail-on", metavar="LEVEL", help="Exit with 1 from here on: warning (default), note, never."
        ),
    ] = None,
    lang: Annotated[
        str | None,
        typer.Option("--lang", metavar="TAG", help="Language of the texts; identified if left out."),
    ] = None,
    config: Annotated[
        Path | None,
        typer.Option("--config", metavar="FILE", help="Instead of the nearest .tongli-gender.toml."),
    ] = None,
    states: Annotated[
        bool,
        typer.Option("--states", help="Read English references with the encoder: slower, more often right."),
    ] = False,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Read JSON lines with id, text, lang, people and context.")
    ] = False,
    target: Annotated[
        str,
        typer.Option(
            "--output", "-o", metavar="OUT", help="Where claims of --jsonl go; - for standard output."
        ),
    ] = "-",
    overwrite: Overwrite = False,
    errors: Errors = None,
    quiet: Quiet = False,
) -> None:
    """Find forms that people did not declare, genders that nobody gave, and wording that leaves people out.

    Quotations and what is marked with “tongli: author's choice” are left alone. With --jsonl, people who are
    not listed count unless --listed says otherwise.
    """
    from dataclasses import replace

    chosen = _options(config, style=style, select=select, ignore=ignore, fail_on=fail_on, lang=lang)
    read = _reader() if states else None
    if jsonl:
        chosen = replace(chosen, everyone=everyone is not False)
        raise typer.Exit(
            _many(
                paths,
                chosen,
                people=people,
                read=read,
                target=target,
                overwrite=overwrite,
                errors=errors,
                quiet=quiet,
            )
        )
    if everyone is not None:
        chosen = replace(chosen, everyone=everyone)
    raise typer.Exit(_files(paths, chosen, people=people, read=read))


def _options(
    path: Path | None,
    *,
    style: str | None,
    select: str | None,
    ignore: str | None,
    fail_on: str | None,
    lang: str | None,
) -> CheckConfig:
    """The configuration file, where the command line does not say otherwise."""
    from dataclasses import replace

    from tongli.applications.gender import check_config, check_config_file
    from tongli.applications.lint import config

    read = check_config_file.load(path)
    return replace(
        read,
        style=check_config.require_style(style or read.style),
        select=read.select if select is None else check_config.rule_names(split_names(select)),
        ignore=read.ignore | check_config.rule_names(split_names(ignore)),
        fail_on=read.fail_on if fail_on is None else config.fail_on(fail_on),
        lang=lang or read.lang,
    )


def _reader() -> Read | None:
    from tongli.applications.gender.resolve import encoder_tokens

    return encoder_tokens()


def _many(
    paths: list[str],
    config: CheckConfig,
    *,
    people: str | None,
    read: Read | None,
    target: str,
    overwrite: bool,
    errors: str | None,
    quiet: bool,
) -> int:
    from tongli.applications import Job
    from tongli.applications.gender.check import check_lines
    from tongli.applications.people import known_people
    from tongli.core import ConfigError, Settings

    if len(paths) != 1:
        raise ConfigError(
            "gender.input",
            received=f"{len(paths)} inputs",
            allowed="one file of JSON lines, or - for standard input",
            fix="Name one file, or leave --jsonl out.",
        )
    job = Job(
        source=paths[0],
        target=target,
        errors=errors,
        lang=config.lang,
        overwrite=overwrite,
        max_chars=Settings.from_env().max_chars,
    )
    declared = known_people(people, lang=config.lang)
    return run_lines(
        job,
        partial(check_lines, config=config, people=declared, read=read),
        quiet=quiet,
    )


def _files(paths: list[str], config: CheckConfig, *, people: str | None, read: Read | None) -> int:
    from tongli.applications.documents import read_prose
    from tongli.applications.gender.check import check_document
    from tongli.applications.lint.files import expand
    from tongli.applications.people import known_people

    declared = known_people(people, lang=config.lang)
    texts = [read_prose(name) for name in expand(paths)]
    checked = [check_document(text.document, people=declared, config=config, read=read) for text in texts]
    _show(zip(texts, checked, strict=True), config)
    if not declared and not config.everyone:
        typer.echo(
            "Nobody is listed, so only wording was looked at: name people with --people FILE or "
            "tongli people add, or take everybody with --everyone.",
            err=True,
        )
    return FOUND if config.fails(item for each in checked for item in each.findings) else 0


def _show(checked: Iterable[tuple[Prose, Checked]], config: CheckConfig) -> None:
    """One line a finding; a former name is not shown."""
    from tongli.cli.terminal import stdout_console

    console = stdout_console()
    count = left_alone = 0
    for prose, each in checked:
        left_alone += each.left_alone
        for found in each.findings:
            count += 1
            where = prose.where(found.span[0])
            told = f"{each.document.name}:{where}: {config.weight(found)} {found.claim.label}"
            if found.claim.label != "former-name":
                told += f" “{' '.join(each.document.text[slice(*found.span)].split())}”"
            told += f": {found.claim.reason}"
            if found.edit is not None:
                told += f"; perhaps “{found.edit.after}”"
            console.print(f"{told} [{found.claim.source}]", soft_wrap=True)
    console.print(f"{count} found; {left_alone} left alone as the author's choice", soft_wrap=True)

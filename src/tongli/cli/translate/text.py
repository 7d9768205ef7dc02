"""``tongli translate text``, which is what ``tongli translate`` means."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tongli.cli.options import AsJson, Model, Run, grouped, split_names

if TYPE_CHECKING:
    from tongli.applications.translate.session import Session

NEEDS_PERSON = 1
"""Exit status when a person must look."""


@grouped
def text(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="TEXT|FILE",
            help="A text, a document, - for standard input; with --jsonl, the input file or -.",
            show_default=False,
        ),
    ] = None,
    *,
    source: Annotated[
        str | None,
        typer.Option("--from", metavar="TAG", help="Its language (BCP-47); identified when left out."),
    ] = None,
    target: Annotated[
        str | None,
        typer.Option("--to", metavar="TAGS", help="Language or languages of the translation, with commas."),
    ] = None,
    engine: Annotated[
        str | None,
        typer.Option(
            "--engine",
            metavar="NAME",
            help="apertium, mt, mt:FOLDER, gguf, gguf:FILE or openai; a local one by default.",
        ),
    ] = None,
    glossary: Annotated[
        str | None, typer.Option("--glossary", metavar="FILE", help="Terms: .csv, .tsv or .tbx.")
    ] = None,
    memory: Annotated[
        Path | None, typer.Option("--memory", metavar="FILE", help="Translation memory, used and filled.")
    ] = None,
    address: Annotated[
        str | None,
        typer.Option("--address", metavar="FORM", help="How the reader is addressed: formal, informal."),
    ] = None,
    agreement: Annotated[
        str | None,
        typer.Option(
            "--agreement", metavar="FORM", help="As the author declares: feminine, masculine, neutral."
        ),
    ] = None,
    n: Annotated[int, typer.Option("--candidates", metavar="N", min=1, max=32, help="Drafts asked for.")] = 4,
    mbr: Annotated[
        bool, typer.Option("--mbr", help="Prefer the draft most like all others (minimum Bayes risk).")
    ] = False,
    out: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="OUT",
            help="Where a document or lines go; {to} stands for the language.",
        ),
    ] = None,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Read JSON lines with id, text, from, to and engine, .gz too.")
    ] = False,
    report: Annotated[
        str | None,
        typer.Option("--report", metavar="FILE", help="Every unit of a document with its checks, as JSONL."),
    ] = None,
    model: Model = "embedded",
    as_json: AsJson = False,
    run: Run,
) -> None:
    """Translate a text, a document or JSON lines; every draft is checked against its source.

    A document keeps its structure byte for byte; -o names the translation. The exit status is 1 when a person
    must look at something, 3 when lines failed.
    """
    from tongli.applications.translate.demands import brief_of, session_of
    from tongli.cli.usage import tell_usage
    from tongli.core import Settings

    settings = Settings.from_env()
    session = session_of(
        model=model,
        engine=engine,
        brief=brief_of(address=address, agreement=agreement),
        glossary=glossary,
        memory=memory,
        n=n,
        mbr=mbr,
        settings=settings,
    )
    targets = split_names(target)
    if jsonl:
        from tongli.applications.translate.lines import translate_lines

        one = targets[0] if len(targets) == 1 else None
        work = partial(translate_lines, session=session, target=one)
        how = {"batch": 32, "max_chars": settings.max_chars}
        status = run.lines(words, work, target=out or "-", lang=source, **how)
        if not run.quiet:
            tell_usage(session.translators)
        raise typer.Exit(status)
    path = Path(words[0]) if words and len(words) == 1 and words[0] != "-" else None
    if path is not None and (out is not None or path.is_file()):
        needed = _document(path, session, source, targets, out=out, report=report, overwrite=run.overwrite)
    else:
        needed = _texts(words, session, source, targets, max_chars=settings.max_chars, as_json=as_json)
    if not run.quiet:
        tell_usage(session.translators)
    if needed:
        raise typer.Exit(NEEDS_PERSON)


def _texts(
    words: list[str] | None,
    session: Session,
    source: str | None,
    targets: tuple[str, ...],
    *,
    max_chars: int,
    as_json: bool,
) -> bool:
    """Translate one text into each language; whether a person must look at one."""
    from tongli.applications.translate.demands import need_targets
    from tongli.cli.inputs import build_message
    from tongli.cli.terminal import dump, stdout_console, working
    from tongli.cli.translate.view import translation_view

    need_targets(targets)
    message = build_message(words, file=None, lang=source, author=None, audience=None, max_chars=max_chars)
    needed = False
    for target in targets:
        with working("Translating"):
            (found,) = session.translate([message], target=target)
        needed |= found.needs_person
        if as_json:
            dump(found.to_dict())
        else:
            stdout_console().print(translation_view(found))
    return needed


def _document(
    path: Path,
    session: Session,
    source: str | None,
    targets: tuple[str, ...],
    *,
    out: str | None,
    report: str | None,
    overwrite: bool,
) -> bool:
    """Translate a document into each language; whether a person must look at some of it."""
    from tongli.applications.translate.checked import translate_checked
    from tongli.applications.translate.demands import need_outputs, need_targets
    from tongli.cli.terminal import stdout_console, working

    need_targets(targets)
    outputs = need_outputs(out, targets)
    needed = False
    for target, output in zip(targets, outputs, strict=True):
        with working(f"Translating into {target}") as tell:
            done = translate_checked(
                path,
                output,
                session=session,
                source=source,
                target_lang=target,
                report=report and report.replace("{to}", target),
                overwrite=overwrite,
                progress=tell,
            )
        stdout_console().print(done.summary(), soft_wrap=True)
        needed |= bool(done.person)
    return needed

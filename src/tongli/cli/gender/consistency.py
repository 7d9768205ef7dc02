"""``tongli gender consistency``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tongli.cli.gender.language import identified
from tongli.cli.options import AsJson, People

if TYPE_CHECKING:
    from tongli.applications.gender.consistency import Character, Deviation, Report

_PLACES = 10
"""Places of a deviation that are shown; --json has more."""


def consistency(
    source: Annotated[str, typer.Argument(metavar="FILE", help="A .txt, .md, .docx or .epub.")],
    *,
    people: People = None,
    lang: Annotated[
        str | None,
        typer.Option("--lang", metavar="TAG", help="Language of the text; identified if left out."),
    ] = None,
    states: Annotated[
        bool,
        typer.Option("--states", help="Read English references with the encoder: slower, more often right."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Tell how each character of a manuscript is written about, and speaks, and where that changes.

    Pronouns, agreement, titles, words for "I" and forms of address are counted by chapter. What differs from
    a declaration, or from most other places where nothing is declared, is listed. Quotations count apart.
    """
    from tongli.applications.documents import open_document
    from tongli.applications.gender.consistency import consistency as report_of
    from tongli.applications.gender.resolve import encoder_tokens
    from tongli.applications.people import known_people
    from tongli.cli.terminal import dump

    document = open_document(Path(source))
    lang = lang or identified(document)
    report = report_of(
        document, lang=lang, people=known_people(people, lang=lang), read=encoder_tokens() if states else None
    )
    if as_json:
        dump(report.to_dict())
    else:
        _show(source, report)


def _show(source: str, report: Report) -> None:
    from tongli.cli.terminal import stdout_console

    console = stdout_console()
    for character in report.characters:
        console.print(character.name, soft_wrap=True, style="bold")
        for line in (*_forms(character, report), *_deviations(source, character, report)):
            console.print(f"  {line}", soft_wrap=True)


def _forms(character: Character, report: Report) -> list[str]:
    if not character.forms:
        return ["nothing found"]
    lines = []
    for form in character.forms:
        told = f"{form.kind} {form.value}: {form.count.total()}"
        if form.quoted:
            told += f", and {form.quoted.total()} in quotations"
        where = ", ".join(
            f"{_title(chapter, report)}: {count}" for chapter, count in sorted(form.count.items())
        )
        lines.append(f"{told} ({where})" if report.chapters and where else told)
    return lines


def _deviations(source: str, character: Character, report: Report) -> list[str]:
    return [line for item in character.deviations for line in _places(source, item, report)]


def _places(source: str, item: Deviation, report: Report) -> list[str]:
    expected = f", not {item.expected}" if item.expected else ""
    by = "as declared" if item.from_ == "declaration" else "as in most places"
    lines = [
        f"{source}:{f' {place.where}' if place.where else place.number}: "
        f"{item.form.kind} {item.form.value}{expected} {by} ({_title(place.chapter, report)})"
        for place in item.form.places[:_PLACES]
    ]
    more = item.form.count.total() - len(lines)
    return [*lines, f"and {more} more"] if more else lines


def _title(chapter: int, report: Report) -> str:
    return f"{chapter} {report.chapters[chapter - 1]}" if chapter else "before the first chapter"

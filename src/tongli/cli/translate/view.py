"""A translation for people: both readings side by side, what is open, what failed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from tongli.cli.terminal import language_name

if TYPE_CHECKING:
    from tongli.generation.translate import Compared, Translation


def translation_view(found: Translation) -> Group:
    """The text first; then what a person may want to know."""
    return Group(*_parts(found))


def _parts(found: Translation) -> Iterator[RenderableType]:
    yield Text(found.text or "(no translation)", style="" if found.text else "red")
    yield _compared(found)
    for item in found.alternatives:
        forms = ", ".join(item.forms.values())
        yield Text.assemble(("* " if item.chosen else "  ", "bold"), (f"{forms}: ", "cyan"), item.text)
    for question in found.questions:
        options = f" ({', '.join(question.options)})" if question.options else ""
        yield Text(f"? {question.text}{options}", style="yellow")
    checks = found.verdict.checks if found.verdict is not None else ()
    for check in checks:
        if check.passed is False:
            yield Text(f"✗ {check.name}: {check.detail}", style="red")
    passed = sum(check.passed is True for check in checks)
    engine = found.verdict.draft.provenance.engine if found.verdict is not None else "no engine"
    yield Text(f"{engine}; {passed} checks passed", style="dim")
    for note in found.notes:
        yield Text(note, style="bold red" if found.needs_person else "dim")


def _compared(found: Translation) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("")
    table.add_column(language_name(found.source.language.tag))
    table.add_column(language_name(found.lang))
    table.add_column("")
    for row in found.compared:
        table.add_row(Text(row.name, style="dim"), *map(_labels, (row.source, row.target)), _shift(row))
    return table


def _labels(labels: tuple[str, ...]) -> str:
    return ", ".join(labels) or "–"


def _shift(row: Compared) -> Text:
    return Text("" if row.same else "differs", style="yellow")

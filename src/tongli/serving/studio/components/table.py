"""A plain table that scrolls by itself, so that the page never does sideways."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from tongli.serving.studio.components.controls import joined


def table(heads: Sequence[str], rows: Iterable[Sequence[object]], *, name: str) -> Markup:
    """Rows whose first cell names them.

    Args:
        heads: of the columns; an empty one is a column without a name.
        rows: cells; what is no HTML of ours is escaped.
        name: read out by screen readers.
    """
    named, bare = Markup('<th scope="col">{}</th>'), Markup("<td></td>")
    head = joined([named.format(each) if each else bare for each in heads])
    body = joined([_row(row) for row in rows])
    return Markup(
        '<div class="scroll" tabindex="0" role="region" aria-label="{}">'
        '<table class="plain"><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>'
    ).format(name, head, body)


def _row(cells: Sequence[object]) -> Markup:
    first = Markup('<th scope="row" dir="auto">{}</th>').format(cells[0])
    rest = joined([Markup('<td dir="auto">{}</td>').format(cell) for cell in cells[1:]])
    return Markup("<tr>{}{}</tr>").format(first, rest)

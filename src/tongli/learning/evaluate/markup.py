"""A page that needs nothing else: no script, no network, no colour, no sight."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

_WIDE = 5
"""Columns from which a table may be wider than a phone."""

_STYLE = """
:root{color-scheme:light}
body{font:16px/1.5 system-ui,sans-serif;color:#1a1a1a;background:#fff}
main{max-width:60rem;margin:2rem auto;padding:0 1rem}
h1,h2,h3{line-height:1.2}
h2{margin-top:2.5rem;border-bottom:2px solid #0072b2}
table{border-collapse:collapse;margin:1rem 0}
caption{text-align:left;font-weight:600;padding:.3rem 0}
th,td{padding:.2rem .8rem .2rem 0;text-align:left;border-bottom:1px solid #ddd}
td{font-variant-numeric:tabular-nums}
summary{cursor:pointer;color:#005a8c}
:focus-visible{outline:3px solid #d55e00}
figure{margin:1rem 0;overflow-x:auto}
.wide{overflow-x:auto}
svg text{font:12px system-ui,sans-serif;fill:#1a1a1a}
.axis{stroke:#555;fill:none}.ideal{stroke:#777;stroke-dasharray:4 4}
.bar{fill:#7fb3d5}.interval{stroke:#1a1a1a;stroke-width:2}
.line{fill:none;stroke-width:2}
.c0{stroke:#0072b2}.c1{stroke:#b84a00}.c2{stroke:#00785a}.c3{stroke:#93306f}.c4{stroke:#444}
.c0.dot{fill:#0072b2}.c1.dot{fill:#b84a00}.c2.dot{fill:#00785a}.c3.dot{fill:#93306f}.c4.dot{fill:#444}
"""


def document(title: str, body: str) -> str:
    """A whole page.

    Args:
        title: as text.
        body: as HTML.
    """
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>"
        f"<body><main><h1>{escape(title)}</h1>{body}</main></body></html>\n"
    )


def plotted(plot: str, numbers: str) -> str:
    """A plot with the same in a table, folded.

    Args:
        plot, numbers: as HTML.
    """
    folded = f"<details><summary>The plot in numbers</summary>{numbers}</details>"
    return f'<figure tabindex="0">{plot}</figure>{folded}'


def table(caption: str, headings: Iterable[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of texts; the first of each row is its heading. Wide ones scroll, also by keys."""
    columns = list(headings)
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in columns)
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(f"<td>{escape(text)}</td>" for text in row[1:])
        + "</tr>"
        for row in rows
    )
    found = (
        f"<table><caption>{escape(caption)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )
    if len(columns) < _WIDE:
        return found
    return f'<div class="wide" role="region" tabindex="0" aria-label="{escape(caption)}">{found}</div>'

"""What leaves the Studio as a file: a reading, or a draft."""

from __future__ import annotations

import json

from markupsafe import Markup

from tongli.core import Reading
from tongli.serving.studio.layout import STATIC
from tongli.serving.studio.words import Words

_PAGE = Markup(
    '<!doctype html><html lang="{lang}" dir="{direction}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width"><title>{title}</title><style>{style}</style></head>'
    '<body><main class="page result"><h1>{title}</h1>{body}</main></body></html>\n'
)


def reading_json(reading: Reading) -> bytes:
    """The text and its reading, as ``POST /v1/read`` tells it."""
    data = {"text": reading.message.text, **reading.to_dict()}
    return json.dumps(data, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def reading_html(body: Markup, words: Words) -> bytes:
    """One file that needs nothing else."""
    style = Markup((STATIC / "studio.css").read_text("utf-8"))  # noqa: S704 - our own file
    page = _PAGE.format(
        lang=words.tag, direction=words.direction, title=words("export.title"), style=style, body=body
    )
    return page.encode("utf-8", "replace")

"""HTML: paragraphs as a browser shows them, the page's title, and what attributes tell people.

Tags, code, scripts, comments and every other attribute stay, and so does what its author keeps from
translation (``translate="no"``, the class ``notranslate``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

from tongli.applications.documents.markup import Token, escaped, tokens
from tongli.applications.documents.xhtml import VOID, paragraphs
from tongli.applications.translate.unit import Stretch, Unit, of_paragraph

_UNREAD = frozenset(("script", "style", "template", "svg", "math", "code", "pre"))
_TOLD = re.compile(
    r"(?<=\s)(?:alt|title|placeholder|aria-label)\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')",
    re.IGNORECASE,
)
"""Attributes that a browser shows or reads aloud."""
_CONTENT = re.compile(r"(?<=\s)content\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')", re.IGNORECASE)
_DESCRIBES = frozenset(("description", "og:title", "og:description", "twitter:title", "twitter:description"))
"""Names of ``meta`` elements whose content people read."""


def units(source: str) -> Iterator[Unit]:
    """Units of a page in their order; what is not well formed is read as a browser would."""
    found = [
        unit
        for each in paragraphs("page", source, kept=_kept)
        if (unit := of_paragraph(each, encode=escaped)) is not None
    ]
    found += _beside(source)
    found.sort(key=lambda unit: unit.stretches[0].place)
    yield from (replace(unit, number=number) for number, unit in enumerate(found, 1))


def _beside(source: str) -> Iterator[Unit]:
    """The title of the page, and attributes with words."""
    unread, depth, titled = "", 0, 0
    for token in tokens(source):
        name = token.local.lower()
        if depth:
            depth += (name == unread) * {"open": 1, "close": -1}.get(token.kind, 0)
        elif token.kind == "open" and name not in VOID and _kept(token):
            unread, depth = name, 1
        elif name == "title" and token.kind == "close" and titled:
            yield from _unit(source[titled : token.span[0]], titled, quote="")
        elif token.kind in {"open", "empty"}:
            yield from _attributes(token, name)
            if name in _UNREAD and token.kind == "open":
                unread, depth = name, 1
        if token.kind not in {"text", "entity"}:
            titled = token.span[1] if name == "title" and token.kind == "open" else 0


def _kept(token: Token) -> bool:
    """Whether an element is not for translation."""
    own = token.attributes() if "translate" in token.value else {}
    return own.get("translate") == "no" or "notranslate" in own.get("class", "").split()


def _attributes(token: Token, name: str) -> Iterator[Unit]:
    start = token.span[0] + 1 + len(token.name)
    told = [*_TOLD.finditer(token.value)]
    if name == "meta":
        own = token.attributes()
        told = [*_CONTENT.finditer(token.value)] if _DESCRIBES & {*own.values()} else []
    for match in told:
        group = "single" if match["double"] is None else "double"
        yield from _unit(match[group], start + match.start(group), quote="'" if group == "single" else '"')


def _unit(written: str, start: int, *, quote: str) -> Iterator[Unit]:
    if not any(char.isalpha() for char in unescape(written)):
        return
    marks = {'"': "&quot;", "'": "&#39;"}

    def encode(text: str) -> str:
        return escaped(text).replace(quote, marks[quote]) if quote else escaped(text)

    place = (start, start + len(written))
    yield Unit(stretches=(Stretch(text=unescape(written), place=place),), encode=encode, number=0)

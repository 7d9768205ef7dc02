"""Paragraphs of XHTML: what stands between the tags of blocks, spaces joined as a browser does.

Reference: HTML Living Standard, 15.3 "Non-replaced elements": which elements are blocks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from tongli.applications.documents.document import Builder, Paragraph
from tongli.applications.documents.markup import Token, tokens

OBJECT = "\ufffc"
_BLOCK_NAMES = """
address article aside blockquote body caption center col colgroup dd details dialog div dl dt fieldset
figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p section
summary table tbody td tfoot th thead tr ul
"""
_VOID_NAMES = "area base br col embed hr img input link meta source track wbr"
_OBJECT_NAMES = "audio code iframe kbd math object pre samp svg textarea video"
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_OBJECTS = frozenset(_OBJECT_NAMES.split())
VOID = frozenset(_VOID_NAMES.split())
"""Elements that have no end tag."""
_UNREAD = frozenset(("head", "script", "style", "template", "rt", "rp"))
_NOTED = frozenset(("a", "sup"))
_NOTE_MARK = re.compile(
    r"<(?:[\w.-]+:)?(?:sup\b|a\b[^<>]*(?:noteref|doc-backlink))[^<>]*>(?:<[^<>]*>|[^\w<>]|\d){1,40}?"
    r"</(?:[\w.-]+:)?(?:sup|a)\s*>",
    re.IGNORECASE,
)
"""A number or sign that leads to a note, or back: no part of the words that it stands at."""
_HEADING = re.compile(r"h([1-6])")
_SPACES = re.compile(r"[ \t\r\n]{2,}|[\t\r\n]")


def paragraphs(
    part: str, source: str, *, kept: Callable[[Token], bool] = lambda _: False
) -> Iterator[Paragraph]:
    """Paragraphs in order; code, formulas and images are one U+FFFC each.

    Args:
        part: name of the file.
        source: XHTML; what is not well formed is read as a browser would, and loses nothing.
        kept: whether what stands in an element is left alone, as code is.
    """
    builder, number = Builder(), 0
    unread, depth = "", 0

    def ended() -> Paragraph | None:
        where = f"{part}, paragraph {number + 1}"
        return builder.built(part=part, number=number + 1, where=where, section=part)

    for token in tokens(source):
        name = token.local.lower()
        if depth:
            depth += (name == unread) * {"open": 1, "close": -1}.get(token.kind, 0)
        elif token.kind in {"text", "entity"}:
            _read(builder, token)
        elif token.kind == "open" and name not in VOID and kept(token):
            builder.add(OBJECT, token.span, locked=True)
            unread, depth = name, 1
        elif name in _BLOCKS:
            found = ended()
            if found is not None:
                number += 1
                yield found
            heading = _HEADING.fullmatch(name)
            builder.level = int(heading[1]) if heading and token.kind == "open" else 0
        elif name == "br":
            builder.add("\n", token.span, locked=True)
        else:
            unread, depth = _beside(builder, token, name, source)
    found = ended()
    if found is not None:
        yield found


def _beside(builder: Builder, token: Token, name: str, source: str) -> tuple[str, int]:
    """Take an inline tag; the element whose content is not read, and how deep it is open."""
    if name in _OBJECTS | {"img"} and token.kind != "close":
        builder.add(OBJECT, token.span, locked=True)
    noted = name in _NOTED and _NOTE_MARK.match(source, token.span[0])
    return (name, 1) if (noted or name in _OBJECTS | _UNREAD) and token.kind == "open" else ("", 0)


def _read(builder: Builder, token: Token) -> None:
    """Text with its spaces joined; a joined space is a run of its own."""
    start = token.span[0]
    if token.kind == "entity":
        builder.add(token.value, token.span)
        return
    end = 0
    for match in _SPACES.finditer(token.value):
        if end < match.start():
            builder.add(token.value[end : match.start()], (start + end, start + match.start()))
        builder.add(" ", (start + match.start(), start + match.end()))
        end = match.end()
    if end < len(token.value):
        builder.add(token.value[end:], (start + end, start + len(token.value)))

"""XLIFF 1.2 and 2.0: ``target`` where there is none or an empty one, from ``source``; all else stays.

References:
    OASIS, XLIFF version 1.2; XLIFF version 2.0.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tongli.applications.documents.markup import Token, escaped, tokens
from tongli.applications.translate.formats.well_formed import well_formed
from tongli.applications.translate.unit import Stretch, Unit
from tongli.core import Span

_UNITS = frozenset(("trans-unit", "segment"))
_SIDES = frozenset(("source", "target"))
_GROUPS = frozenset(("file", "body", "group", "unit"))
_BESIDE = frozenset(("alt-trans", "matches", "glossary"))
"""Elements with sources and targets that are no translation of the unit, but suggestions for one."""


@dataclass(slots=True)
class _Segment:
    """One ``trans-unit`` or ``segment``.

    Attributes:
        translate: whether it may be translated.
        words: (text, place) of the words of its source.
        opened: tags of ``source`` and ``target`` by their local names, as far as they were read.
        closed: their ends likewise.
        full: whether the target has words.
    """

    translate: bool
    words: list[tuple[str, Span]] = field(default_factory=list)
    opened: dict[str, Token] = field(default_factory=dict)
    closed: dict[str, Token] = field(default_factory=dict)
    full: bool = False


def units(source: str) -> Iterator[Unit]:
    """One unit a segment that waits for a translation; inline elements stay in their order.

    Raises:
        InputError: ``document.damaged``.
    """
    well_formed(source)
    number, within, segment = 0, "", _Segment(translate=False)
    wanted, beside = [True], 0
    for token in tokens(source):
        if token.local in _BESIDE:
            beside += {"open": 1, "close": -1}.get(token.kind, 0)
        elif beside:
            continue
        elif token.local in _GROUPS and token.kind == "open":
            wanted.append(_translates(token, within=wanted[-1]))
        elif token.local in _GROUPS and token.kind == "close":
            wanted.pop()
        elif token.local in _UNITS and token.kind == "open":
            number += 1
            segment = _Segment(translate=_translates(token, within=wanted[-1]))
        elif token.local in _UNITS and token.kind == "close":
            yield from _of(segment, source, number)
            segment = _Segment(translate=False)
        elif token.local in _SIDES:
            within = _edge(segment, token)
        elif token.kind in ("text", "entity") and within:
            _read(segment, token, within)


def _translates(token: Token, *, within: bool) -> bool:
    """Whether an element is for translation, which it inherits unless it says so itself."""
    said = token.attributes().get("translate")
    return within if said is None else said == "yes"


def _edge(segment: _Segment, token: Token) -> str:
    """Take note of a tag; the side that is open after it."""
    (segment.closed if token.kind == "close" else segment.opened)[token.local] = token
    return token.local if token.kind == "open" else ""


def _read(segment: _Segment, token: Token, within: str) -> None:
    if within == "target":
        segment.full |= bool(token.value.strip())
    elif segment.words and segment.words[-1][1][1] == token.span[0]:
        text, place = segment.words.pop()
        segment.words.append((text + token.value, (place[0], token.span[1])))
    else:
        segment.words.append((token.value, token.span))


def _of(segment: _Segment, source: str, number: int) -> Iterator[Unit]:
    """A unit whose stretches go into the target, with the markup of the source between them."""
    words = [(text, span) for text, span in segment.words if any(char.isalpha() for char in text)]
    if not segment.translate or segment.full or not words or "source" not in segment.closed:
        return
    place, head, tail = _target(segment, source)
    edges = [
        segment.opened["source"].span[1],
        *(offset for _, span in words for offset in span),
        segment.closed["source"].span[0],
    ]
    first, *between, last = (source[edges[row] : edges[row + 1]] for row in range(0, len(edges), 2))
    yield Unit(
        stretches=tuple(Stretch(text=text, place=place) for text, _ in words),
        encode=escaped,
        number=number,
        frame=(head + first, *between, last + tail),
    )


def _target(segment: _Segment, source: str) -> tuple[Span, str, str]:
    """Where the translation goes, and what must stand around it there."""
    opened, closed = segment.opened.get("target"), segment.closed.get("target")
    if opened is None:
        origin, after = segment.opened["source"], segment.closed["source"].span[1]
        line = source.rfind("\n", 0, origin.span[0]) + 1
        lead = source[line : origin.span[0]]
        name = f"{origin.name.removesuffix('source')}target"
        indent = f"\n{lead}" if line and not lead.strip() else ""
        return (after, after), f"{indent}<{name}>", f"</{name}>"
    if closed is None:
        tag = source[slice(*opened.span)].removesuffix("/>").rstrip()
        return opened.span, f"{tag}>", f"</{opened.name}>"
    return (opened.span[1], closed.span[0]), "", ""

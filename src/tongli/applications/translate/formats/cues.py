"""SubRip and WebVTT: the words of each cue; numbers, times, settings, notes and tags stay."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from html import unescape

from tongli.applications.documents.document import Builder
from tongli.applications.documents.markup import escaped
from tongli.applications.subtitles.clock import timing
from tongli.applications.subtitles.markup import TAG
from tongli.applications.translate.unit import Encode, Unit, of_paragraph
from tongli.core import InputError, Span

_ENTITY = re.compile(r"&(?:amp|lt|gt|nbsp|lrm|rlm|quot|apos|#\d{1,7}|#x[0-9A-Fa-f]{1,6});")
_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")


def units(source: str) -> Iterator[Unit]:
    """One unit a cue; a line break inside it stays a line break.

    Raises:
        InputError: ``subtitles.damaged``, ``subtitles.format``.
    """
    builder, ending, inside, cues = Builder(), (0, 0), False, 0
    web = source.lstrip("\ufeff").startswith("WEBVTT")
    encode = partial(_written, newline="\r\n" if "\r\n" in source else "\n", web=web)
    for number, line in enumerate(_LINE.finditer(source), 1):
        if timing(line[1], number=number) is not None:
            builder, ending, inside, cues = Builder(), (0, 0), True, cues + 1
        elif inside and line[1].strip():
            if ending != (0, 0):
                builder.add("\n", ending)
            _add(builder, source, line.span(1), web=web)
            ending = line.span(2)
        elif inside:
            inside = False
            yield from _built(builder, cues, encode)
    if not cues:
        raise InputError(
            "subtitles.format",
            received="a text without any times",
            allowed="SRT or WebVTT",
            fix="Check the file, or its ending.",
        )


def _add(builder: Builder, source: str, span: Span, *, web: bool) -> None:
    """A line in pieces between its tags."""
    at, end = span
    for tag in TAG.finditer(source, at, end):
        _words(builder, source, (at, tag.start()), web=web)
        at = tag.end()
    _words(builder, source, (at, end), web=web)


def _words(builder: Builder, source: str, span: Span, *, web: bool) -> None:
    """Text, with what WebVTT writes as entities read."""
    at, end = span
    for entity in _ENTITY.finditer(source, at, end) if web else ():
        if entity.start() > at:
            builder.add(source[at : entity.start()], (at, entity.start()))
        builder.add(unescape(entity[0]), entity.span())
        at = entity.end()
    if at < end:
        builder.add(source[at:end], (at, end))


def _built(builder: Builder, cue: int, encode: Encode) -> Iterator[Unit]:
    paragraph = builder.built(part="", number=cue)
    unit = None if paragraph is None else of_paragraph(paragraph, encode=encode)
    if unit is not None:
        yield unit


def _written(text: str, *, newline: str, web: bool) -> str:
    """The text with the line ends of the file; a blank line would end the cue."""
    text = escaped(text) if web else text
    return re.sub(r"\s*\n\s*", newline, text)

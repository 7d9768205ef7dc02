"""Formatting tags inside the text of a cue."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

TAG = re.compile(
    r"<(?P<end>/?)(?P<name>i|b|u|s|c|v|lang|ruby|rt|font)(?P<more>(?:\.[^\s<>]*)?(?:[ \t][^<>]*)?)>"
    r"|<(?:\d+:)?\d\d:\d\d\.\d{3}>"
    r"|\{\\[0-9A-Za-z][^{}<>\n]*\}"
)
"""Tags of SRT and WebVTT, times inside a WebVTT cue, overrides of SubStation; all else is text."""

_BIDI = {"\u202a": "\u202c", "\u202b": "\u202c", "\u202d": "\u202c", "\u202e": "\u202c"}
_ISOLATES = {"\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}
_DEEPEST = 16
"""Tags that are carried from one cue to the next, at most."""
_OPENING = _BIDI | _ISOLATES
_CLOSING = frozenset(_OPENING.values())


def plain(text: str) -> str:
    """The text without tags, as a viewer reads it."""
    return TAG.sub("", text)


def runs(text: str) -> Iterator[tuple[str, re.Match[str] | None]]:
    """The text in parts: each run of plain text, or a tag with its match."""
    at = 0
    for tag in TAG.finditer(text):
        if tag.start() > at:
            yield text[at : tag.start()], None
        yield tag[0], tag
        at = tag.end()
    if at < len(text):
        yield text[at:], None


def unbalanced(text: str) -> str | None:
    """The first tag or direction mark that is not closed, or closes nothing; ``None`` when all is well."""
    left = open_tags(text)
    if isinstance(left, str):
        return left
    if left:
        return left[-1]
    waiting: list[str] = []
    for char in text:
        if char in _OPENING:
            waiting.append(_OPENING[char])
        elif char in _CLOSING and (not waiting or waiting.pop() != char):
            return f"U+{ord(char):04X}"
    return f"U+{ord(waiting[-1]):04X}, missing," if waiting else None


def open_tags(text: str) -> list[str] | str:
    """Opening tags still open at the end, outermost first; or an end tag that closes nothing."""
    waiting: list[str] = []
    for found in TAG.finditer(text):
        name = found["name"]
        if name is None:
            continue
        if not found["end"]:
            waiting.append(found[0])
        elif waiting and _name(waiting[-1]) == name:
            waiting.pop()
        else:
            return found[0]
    # WebVTT lets a voice reach to the end of its cue.
    return [tag for tag in waiting if _name(tag) != "v"]


def balanced(text: str) -> str:
    """The text with end tags that close nothing left out, and tags that are open at its end closed."""
    told: list[str] = []
    waiting: list[str] = []
    for run, tag in runs(text):
        name = tag["name"] if tag is not None else None
        if tag is None or name is None:
            told.append(run)
        elif not tag["end"]:
            waiting.append(run)
            told.append(run)
        elif waiting and _name(waiting[-1]) == name:
            waiting.pop()
            told.append(run)
    return "".join([*told, *map(_end, reversed(waiting))])


def carry_over(texts: Sequence[str]) -> list[str]:
    """The texts with tags that are open at the end of one closed there and opened again in the next."""
    told, before = [], ""
    for text in texts:
        whole = before + text
        left = open_tags(whole)
        left = [] if isinstance(left, str) else left[-_DEEPEST:]
        before = "".join(left)
        told.append(whole + "".join(map(_end, reversed(left))))
    return told


def _name(tag: str) -> str:
    found = TAG.fullmatch(tag)
    return found["name"] if found is not None else ""


def _end(tag: str) -> str:
    return f"</{_name(tag)}>"

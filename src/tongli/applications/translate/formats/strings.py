"""JSON: values that are prose; keys, numbers, structure and spacing stay, and the syntax of ICU messages.

Values without a space that look like an identifier, a path or an address are no prose and stay.

References:
    RFC 8259; ICU, "Formatting messages": ``{count, plural, one {# file} other {# files}}``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import partial

from tongli.applications.translate.unit import Stretch, Unit
from tongli.core import InputError, Span

_STRING = re.compile(r"\"(?:[^\"\\]|\\.)*\"", re.DOTALL)
_KEY = re.compile(r"\s*:")
_TOKEN = re.compile(
    r"^(?!\w+[.!?…]?$)\S+$|^[a-z]+(?:[A-Z]\w*)+$|^[A-Z0-9_]{2,}$|^[a-z0-9]+(?:[_-][a-z0-9]+)+$"
)
_BRANCHED = re.compile(r"\{\s*[\w.]+\s*,\s*(?:plural|select|selectordinal)\s*,")
_DEEPEST = 10


def units(source: str) -> Iterator[Unit]:
    """One unit a value; of a message with branches, one for each of its texts.

    Raises:
        InputError: ``document.damaged``.
    """
    try:
        json.loads(source.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 0
        raise InputError(
            "document.damaged",
            received=f"a file that stops being JSON on line {line}" if line else "JSON of too deep a nesting",
            allowed="one JSON value in UTF-8",
            fix="Check it with python -m json.tool.",
        ) from None
    line, at, key = 1, 0, ""
    for found in _STRING.finditer(source):
        line += source.count("\n", at, found.start())
        at = found.start()
        if _KEY.match(source, found.end()):
            key = str(json.loads(found[0]))
            continue
        text = str(json.loads(found[0]))
        if _is_prose(text):
            yield from _of_value(found, text, line=line, note=key)


def _of_value(found: re.Match[str], text: str, *, line: int, note: str) -> Iterator[Unit]:
    """The whole string as one place, or the places of its texts."""
    escapes = "\\u" in found[0] or found[0].isascii()
    encode = partial(_written, ascii_only="\\u" in found[0] and escapes)
    inner = (found.start() + 1, found.end() - 1)
    if not _BRANCHED.search(text):
        yield Unit(stretches=(Stretch(text=text, place=inner),), encode=encode, number=line, note=note)
        return
    if "\\" in found[0]:  # offsets of text and source differ: left to a person
        return
    for start, end in _leaves(text):
        if any(char.isalpha() for char in text[start:end]):
            place = (inner[0] + start, inner[0] + end)
            yield Unit(
                stretches=(Stretch(text=text[start:end], place=place),), encode=encode, number=line, note=note
            )


def _leaves(text: str) -> list[Span]:
    """Stretches of a message that are text: outside of arguments with branches, and inside each branch."""
    found: list[Span] = []
    stack: list[str] = ["text"]
    start = at = 0
    while at < len(text):
        char = text[at]
        if stack[-1] == "text" and char == "{":
            if _BRANCHED.match(text, at) and len(stack) < _DEEPEST:
                found.append((start, at))
                stack.append("branches")
            else:
                at = _end(text, at)
        elif stack[-1] == "text" and char == "}" and len(stack) > 1:
            found.append((start, at))
            stack.pop()
        elif stack[-1] == "branches" and char == "{":
            if at > start and text[at - 1] != ",":
                stack.append("text")
                start = at + 1
        elif stack[-1] == "branches" and char == "}":
            stack.pop()
            start = at + 1
        at += 1
    found.append((start, len(text)))
    return [span for span in found if span[0] < span[1]]


def _end(text: str, at: int) -> int:
    """Where a simple argument closes."""
    end = text.find("}", at)
    return len(text) if end < 0 else end


def _is_prose(text: str) -> bool:
    return any(char.isalpha() for char in text) and _TOKEN.search(text.strip()) is None


def _written(text: str, *, ascii_only: bool) -> str:
    return json.dumps(text, ensure_ascii=ascii_only)[1:-1]

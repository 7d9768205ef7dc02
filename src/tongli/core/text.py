"""Making any string safe to read without moving a single offset."""

from __future__ import annotations

import re

from tongli.core.errors import InputError

_KINDS = {
    dict: "an object",
    list: "a list",
    str: "a string",
    bool: "a boolean",
    type(None): "null",
    int: "a number",
    float: "a number",
}
_UNSAFE = re.compile("[\ud800-\udfff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def clean(text: str) -> tuple[str, bool]:
    """Replace lone surrogates by U+FFFD and control characters by spaces, one for one.

    Returns:
        The text, of the same length in code points, and whether anything was replaced.
    """
    if _UNSAFE.search(text) is None:
        return text, False
    return _UNSAFE.sub(lambda m: "\ufffd" if m[0] >= "\ud800" else " ", text), True


def require_text(text: object, *, max_chars: int) -> str:
    """The text, if it can be read.

    Raises:
        InputError: ``input.type``, ``input.empty``, ``input.blank`` or ``input.too-long``.
    """
    if not isinstance(text, str):
        raise InputError(
            "input.type",
            received=json_kind(text),
            allowed="a string",
            fix="Give the message's text as a string.",
        )
    if not text:
        raise InputError(
            "input.empty",
            received="an empty text",
            allowed=f"1 to {max_chars:,} code points",
            fix="Give a text with at least one visible character.",
        )
    if len(text) > max_chars:
        raise InputError(
            "input.too-long",
            received=f"{len(text):,} code points",
            allowed=f"at most {max_chars:,}",
            fix="Split the text into messages or chapters, or raise TONGLI_MAX_CHARS.",
        )
    if not any(char.isprintable() and not char.isspace() for char in clean(text)[0]):
        raise InputError(
            "input.blank",
            received=f"{len(text):,} blank or invisible code points",
            allowed="a text with at least one visible character",
            fix="Check where the text came from; there is nothing to read in it.",
        )
    return text


def json_kind(value: object) -> str:
    """What JSON calls a value, with its article: "an object", "null"; of others their type in Python."""
    return _KINDS.get(type(value)) or f"a value of the type {type(value).__name__}"

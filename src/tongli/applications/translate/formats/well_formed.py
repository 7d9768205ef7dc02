"""XML that can be trusted to be whole, without a parser that expands anything."""

from __future__ import annotations

from tongli.applications.documents.markup import tokens
from tongli.core import InputError


def well_formed(source: str) -> None:
    """Every tag is closed in its order, and nothing looks like half a tag.

    Raises:
        InputError: ``document.damaged``.
    """
    opened: list[str] = []
    for token in tokens(source):
        if token.kind == "open":
            opened.append(token.name)
        elif (token.kind == "close" and (not opened or opened.pop() != token.name)) or (
            token.kind == "text" and token.value in "<&"
        ):
            raise _broken(source, token.span[0])
    if opened or not source.strip():
        raise _broken(source, len(source))


def _broken(source: str, at: int) -> InputError:
    return InputError(
        "document.damaged",
        received=f"XML that breaks off on line {source.count(chr(10), 0, at) + 1}",
        allowed="well-formed XML",
        fix="Export the file again from the program that made it.",
    )

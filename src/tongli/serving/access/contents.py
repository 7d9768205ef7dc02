"""Whether a file is what its name says, by its first bytes.

References:
    WHATWG, MIME Sniffing; the table in ``contents.toml`` names the specification of each format.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from tongli.core import InputError, shorten

_START = 512
_TEXT_LOOK = 65_536


def check_contents(path: Path, *, ending: str) -> None:
    """Raise ``InputError`` (``upload.contents``) when a file is not of the kind that its name ends in.

    Args:
        path: the file.
        ending: of the name it came with, with the dot; text must be UTF-8 without control characters.
    """
    kind = _kinds().get(ending.lower())
    with path.open("rb") as file:
        start = file.read(_TEXT_LOOK)
    if kind is None or not (_is_text(start) if kind == "text" else _fits(start[:_START], kind)):
        raise InputError(
            "upload.contents",
            received=f"a file named as {shorten(ending)} whose contents are something else",
            allowed=", ".join(sorted(_kinds())),
            fix="Save it again in the format that its name says.",
        )


def _fits(start: bytes, kind: list[list[list[Any]]]) -> bool:
    """Whether one of the alternatives holds: every (offset, bytes) of it."""
    return any(
        all(start[at : at + len(magic) // 2] == bytes.fromhex(magic) for at, magic in signature)
        for signature in kind
    )


def _is_text(start: bytes) -> bool:
    try:
        text = start.decode("utf-8")
    except UnicodeDecodeError as error:
        if len(start) < _TEXT_LOOK or error.start < len(start) - 3:
            return False
        text = start[: error.start].decode("utf-8")
    return not any(ord(each) < 32 and each not in "\t\n\r\f" for each in text)


@cache
def _kinds() -> Mapping[str, Any]:
    table = tomllib.loads((files("tongli.serving.access") / "contents.toml").read_text("utf-8"))
    return {
        ending: "text" if name == "text" else kind["signatures"]
        for name, kind in table.items()
        for ending in kind["endings"]
    }

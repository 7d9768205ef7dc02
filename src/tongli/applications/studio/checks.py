"""Whether what is handed in fits."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from tongli.core import InputError, shorten

_ID = re.compile("[0-9a-f]{32}")


def check_size(what: str, size: int, *, limit: int) -> None:
    """Raise ``InputError`` (``studio.size``) for more than ``limit``."""
    if size > limit:
        raise InputError(
            "studio.size",
            received=f"{what} of {size:,}",
            allowed=f"at most {limit:,}",
            fix="Make it shorter, or split it.",
        )


def check_count(what: str, count: int, *, limit: int) -> None:
    """Raise ``InputError`` (``studio.count``) for more than ``limit``."""
    if count > limit:
        raise InputError(
            "studio.count",
            received=f"one more than {limit:,} {what}",
            allowed=f"at most {limit:,} {what}",
            fix="Delete some that are no longer needed.",
        )


def check_choice(what: str, value: str, allowed: Sequence[str]) -> None:
    """Raise ``InputError`` (``studio.choice``) for a value that is none of the allowed ones."""
    if value not in allowed:
        raise InputError(
            "studio.choice",
            received=f"{shorten(value)} as {what}",
            allowed=", ".join(allowed),
            fix="Choose one of them.",
        )


def check_label(what: str, value: str, *, limit: int) -> None:
    """Raise ``InputError`` (``studio.label``, ``studio.size``) for what is no short printable text."""
    if not value.isprintable():
        raise InputError(
            "studio.label",
            received=f"{what} with a character that cannot be seen",
            allowed="printable characters",
            fix="Take it out.",
        )
    check_size(f"{what}, in characters,", len(value), limit=limit)


def is_id(value: str) -> bool:
    """Whether something can be an identifier of a document or an item, so that it may be looked up."""
    return _ID.fullmatch(value) is not None


def as_json(what: str, value: Mapping[str, Any], *, limit: int) -> dict[str, Any]:
    """A mapping as JSON gives it back.

    Raises:
        InputError: ``studio.fields`` for what JSON cannot hold; ``studio.size``, counted in bytes.
    """
    try:
        written = json.dumps(value, allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        raise InputError(
            "studio.fields",
            received=f"{what} that JSON cannot hold",
            allowed="strings, finite numbers, lists and objects",
            fix="Convert the values first.",
        ) from None
    check_size(what, len(written), limit=limit)
    read: dict[str, Any] = json.loads(written)
    return read

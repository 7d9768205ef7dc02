"""Small TOML and JSON files that people write by hand."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from typing import Any

from tongli.applications.jsonl import read_start
from tongli.core import InputError

_MAX_BYTES = 1 << 20


def read_table(path: str) -> dict[str, Any]:
    """The table of a ``.toml`` or ``.json`` file; ``-`` reads JSON or TOML from standard input.

    Raises:
        InputError: ``input.missing``, ``input.directory``, ``data.file`` for a file that holds no table.
    """
    raw = read_start(path, limit=_MAX_BYTES)
    try:
        text = raw.decode("utf-8-sig")
        is_json = path.lower().endswith(".json") or text.lstrip().startswith("{")
        data = json.loads(text) if is_json else tomllib.loads(text)
    except (ValueError, RecursionError):
        data = None
    if isinstance(data, dict):
        return data
    raise InputError(
        "data.file",
        received=f"{path}, which does not hold a table",
        allowed="a TOML table or a JSON object in UTF-8",
        fix="Correct the file.",
    )


def to_toml(data: Mapping[str, Any]) -> str:
    """A table of strings, numbers, lists of strings, and tables of these, as TOML.

    >>> print(to_toml({"max_chars": 9, "signoff": {"en": "Bye"}}), end="")
    max_chars = 9
    signoff = {"en" = "Bye"}
    """
    return "".join(f"{key} = {_value(value)}\n" for key, value in data.items())


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_value(key)} = {_value(item)}" for key, item in value.items()) + "}"
    # Strings and lists of JSON are strings and arrays of TOML, but for one control character.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")

"""Sheets of facts from files."""

from __future__ import annotations

from pathlib import Path

from tongli.applications.data_file import read_table
from tongli.applications.jsonl import read_start
from tongli.core import InputError
from tongli.generation.tasks.sheet import Sheet, from_lines, parse_sheet

_MAX_BYTES = 1 << 20


def read_sheet(path: str, *, lang: str | None = None) -> Sheet:
    """The sheet of a ``.toml`` or ``.json`` file, or of ``key: value`` lines in any other.

    Raises:
        InputError: ``data.file``, ``sheet.file``, ``sheet.line``, ``sheet.key``, ``sheet.value``,
            ``sheet.title``, ``input.missing``, ``input.directory``.
    """
    if Path(path).suffix.lower() in {".toml", ".json"}:
        return parse_sheet(read_table(path), lang=lang)
    try:
        text = read_start(path, limit=_MAX_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(
            "sheet.file",
            received=f"{path}, which is not UTF-8",
            allowed='"key: value" lines in UTF-8',
            fix="Convert it, for example with iconv.",
        ) from None
    return parse_sheet(from_lines(text), lang=lang)

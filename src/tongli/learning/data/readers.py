"""Rows of a JSONL, CSV, TSV or Parquet file: streamed, numbered, and a broken row stops nothing.

References:
    RFC 4180, "Common Format and MIME Type for CSV Files"; https://jsonlines.org; IANA
    ``text/tab-separated-values``, which has no quoting.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import importlib
import io
import json
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, NamedTuple, cast, get_args

from tongli.core import ConfigError, InputError, StorageError, TongliError, shorten
from tongli.learning.extra import require

Format = Literal["jsonl", "csv", "tsv", "parquet"]
Cells = Mapping[str, Any]

FORMATS: tuple[Format, ...] = get_args(Format)

_SURROGATE = re.compile("[\ud800-\udfff]")
_BATCH = 1024
_DELIMITERS = ";\t|,"
_LONGEST_CELL = 16 << 20
_ENDINGS: Mapping[str, Format] = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".parquet": "parquet",
}


class Row(NamedTuple):
    """One row.

    Attributes:
        line: line of the file on which it starts, from 1; in Parquet, the number of the row.
        cells: column → value, or the error that kept it from being read.
    """

    line: int
    cells: Cells | InputError


def guess_format(path: Path) -> Format:
    """The format that a name promises; ``.gz`` after it is allowed.

    Raises:
        ConfigError: ``import.format``.
    """
    name = path.name.removesuffix(".gz")
    found = _ENDINGS.get(Path(name).suffix.lower())
    if found is None:
        raise ConfigError(
            "import.format",
            received=path.name,
            allowed=", ".join(_ENDINGS) + ", each with .gz or without",
            fix=f"Name it with --format: {', '.join(FORMATS)}. Save a spreadsheet as CSV UTF-8 first.",
        )
    return found


def read_rows(path: Path, *, file_format: Format | None = None, delimiter: str = ",") -> Iterator[Row]:
    """Rows of a file, in order, with bounded memory; gzip is recognised by content.

    Args:
        path: the file.
        file_format: guessed from the name when left out.
        delimiter: of CSV, one character.

    Raises:
        ConfigError: ``import.format``, ``import.delimiter``, or ``extra.missing`` when pyarrow is missing.
        InputError: ``import.missing``, ``import.header``, ``import.encoding`` for UTF-16.
        StorageError: ``import.unreadable``, also for a file cut short.
    """
    kind = file_format or guess_format(path)
    if len(delimiter) != 1 or delimiter in '"\r\n':
        raise ConfigError(
            "import.delimiter",
            received=shorten(delimiter),
            allowed="one character, such as ; or a tab",
            fix="Correct --delimiter.",
        )
    if not path.is_file():
        raise InputError(
            "import.missing",
            received=f"{path.name}, which is not a file",
            allowed="the path of a file",
            fix="Check the path.",
        )
    readers: Mapping[Format, Callable[[], Iterator[Row]]] = {
        "jsonl": lambda: _jsonl(path),
        "csv": lambda: _table(path, delimiter=delimiter, quoting=csv.QUOTE_MINIMAL),
        "tsv": lambda: _table(path, delimiter="\t", quoting=csv.QUOTE_NONE),
        "parquet": lambda: _parquet(path),
    }
    try:
        yield from readers[kind]()
    except (OSError, EOFError, zlib.error) as broken:
        raise StorageError(
            "import.unreadable",
            received=f"{path.name}: {type(broken).__name__}",
            allowed=f"a whole, readable {kind} file",
            fix="Check its permissions, or fetch it again.",
        ) from broken


def _jsonl(path: Path) -> Iterator[Row]:
    with _text(path) as file:
        for line, raw in enumerate(file, start=1):
            if raw.strip():
                yield Row(line, _object(raw, place=f"{path.name}:{line}"))


def _object(raw: str, *, place: str) -> Cells | InputError:
    try:
        data = json.loads(_utf8(raw, place=place))
        if "\\ud" in raw.lower():  # an escaped half of a pair cannot be written again
            _utf8(json.dumps(data, ensure_ascii=False), place=place)
    except InputError as error:
        return error
    except (ValueError, RecursionError):
        return _bad("record.json", place, "one JSON object a line")
    return data if isinstance(data, dict) else _bad("record.object", place, "an object with named fields")


def _table(path: Path, *, delimiter: str, quoting: Literal[0, 3]) -> Iterator[Row]:
    csv.field_size_limit(_LONGEST_CELL)
    with _text(path) as file:
        reader = csv.reader(file, delimiter=delimiter, quoting=quoting, strict=True)
        header = _header(reader, place=f"{path.name}:1")
        _require_columns(header, name=path.name, delimiter=delimiter)
        while True:
            line = reader.line_num + 1
            place = f"{path.name}:{line}"
            try:
                values = next(reader)
                if values:
                    yield Row(line, _cells(header, values, place=place))
            except StopIteration:
                return
            except csv.Error:
                lines = f"{place} to {reader.line_num}"
                yield Row(line, _bad("import.row", f"{lines}: broken quoting or a NUL", "RFC 4180 rows"))


def _header(reader: Iterator[list[str]], *, place: str) -> list[str]:
    try:
        header = [name.strip() for name in next(reader)]
    except (StopIteration, csv.Error):
        header = []
    if not any(header) or len(set(header)) < len(header):
        raise _bad("import.header", f"{place}: no header, or a column twice", "a first line of column names")
    return header


def _require_columns(header: list[str], *, name: str, delimiter: str) -> None:
    """Refuse a header that other delimiters would make columns of."""
    if "\0" in "".join(header):
        raise _encoded(f"{name} with NUL characters, as UTF-16 has")
    other = [char for char in _DELIMITERS if char != delimiter and char in header[0]]
    if len(header) == 1 and other:
        told = {"\t": "tab"}.get(other[0], f"'{other[0]}'")
        raise ConfigError(
            "import.delimiter",
            received=f"{name}, whose header has one column with {told} in its name",
            allowed="the character that is between the columns",
            fix=f"Add --format csv --delimiter {told}.",
        )


def _cells(header: list[str], values: list[str], *, place: str) -> Cells | InputError:
    if len(values) != len(header):
        return _bad("import.row", f"{place}: {len(values)} columns", f"{len(header)}, as in the header")
    try:
        return {name: _utf8(value, place=place) for name, value in zip(header, values, strict=True)}
    except InputError as error:
        return error


def _parquet(path: Path) -> Iterator[Row]:
    require(f"{path.name}, a Parquet file", "pyarrow", extra="parquet")
    parquet: Any = importlib.import_module("pyarrow.parquet")
    broken = cast("type[Exception]", importlib.import_module("pyarrow").ArrowException)
    try:
        with parquet.ParquetFile(path) as file:
            rows = (row for batch in file.iter_batches(_BATCH) for row in batch.to_pylist())
            yield from (Row(number, row) for number, row in enumerate(rows, start=1))
    except broken as error:
        raise OSError("a damaged Parquet file") from error


@contextmanager
def _text(path: Path) -> Iterator[io.TextIOWrapper]:
    """Text whose bytes outside UTF-8 become lone surrogates, so that each costs only its own row."""
    with path.open("rb") as raw:
        packed = raw.peek(2)[:2] == b"\x1f\x8b"
        stream = cast("io.BufferedReader", gzip.GzipFile(fileobj=raw)) if packed else raw
        if stream.peek(2)[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
            raise _encoded(f"{path.name}, in UTF-16")
        with io.TextIOWrapper(stream, "utf-8-sig", errors="surrogateescape", newline="") as text:
            yield text


def _utf8(text: str, *, place: str) -> str:
    if _SURROGATE.search(text):
        raise _encoded(f"{place}: bytes that are not UTF-8")
    return text


def _encoded(received: str) -> InputError:
    return InputError(
        "import.encoding",
        received=received,
        allowed="UTF-8 text",
        fix="Save the file as UTF-8 (spreadsheets call it CSV UTF-8), or convert it with iconv; run again.",
    )


def _bad(code: str, received: str, allowed: str) -> InputError:
    return InputError(code, received=received, allowed=allowed, fix="Correct it and run again.")


def failure(error: TongliError, *, line: int) -> dict[str, Any]:
    """A line of an errors file; the text of the row is never repeated."""
    return {"line": line, **error.to_dict()}

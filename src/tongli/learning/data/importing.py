"""A foreign file → a file of records; rows that cannot be used go to an errors file."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tongli.core import ConfigError, InputError, StorageError
from tongli.core.writing import writing
from tongli.learning.data.cells import to_record
from tongli.learning.data.mapping import ColumnMapping
from tongli.learning.data.outputs import require_free
from tongli.learning.data.readers import Format, Row, failure, guess_format, read_rows
from tongli.learning.data.record import PARTS, Record, repeated_id, write_records


@dataclass(slots=True)
class ImportTally:
    """Counts of an import; ``read == written + failed`` at every moment between rows.

    ``codes`` counts the failed rows by error code.
    """

    read: int = 0
    written: int = 0
    failed: int = 0
    codes: Counter[str] = field(default_factory=Counter)


def errors_path(target: Path) -> Path:
    """Where broken rows go by default: ``a.jsonl`` → ``a.errors.jsonl``."""
    return target.with_name(f"{target.name.removesuffix('.jsonl')}.errors.jsonl")


def import_file(
    source: Path,
    target: Path,
    *,
    mapping: ColumnMapping | None = None,
    file_format: Format | None = None,
    delimiter: str = ",",
    errors: Path | None = None,
    overwrite: bool = False,
    progress: Callable[[ImportTally], None] | None = None,
) -> ImportTally:
    """Turn every usable row into a record.

    Memory does not grow with the file, but for the ids, which must differ. The target appears whole or not
    at all; without failures there is no errors file.

    Args:
        source: JSONL, CSV, TSV or Parquet; gzip is recognised.
        target: JSONL of records.
        mapping: how columns become fields; by default columns named as fields are taken as they are.
        file_format: guessed from the name when left out.
        delimiter: of CSV.
        errors: file for broken rows, beside the target by default.
        overwrite: replace files that are there.
        progress: called after each row.

    Raises:
        ConfigError: ``output.exists``, ``output.same-file``, ``import.column`` and those of the reader.
        InputError: ``import.missing``, ``import.header``, ``import.encoding`` for UTF-16.
        StorageError: ``output.directory``, ``import.unreadable``, ``record.unwritable``.
    """
    mapping = mapping or ColumnMapping()
    errors = errors or errors_path(target)
    _check_paths(source, target, errors, overwrite=overwrite)
    kind = file_format or guess_format(source)
    rows = read_rows(source, file_format=kind, delimiter=delimiter)
    if kind != "jsonl":
        rows = _with_columns(rows, mapping, name=source.name)
    tally = ImportTally()
    errors.unlink(missing_ok=True)
    write_records(target, _records(rows, source, mapping, tally, errors=errors, progress=progress))
    return tally


def _records(
    rows: Iterator[Row],
    source: Path,
    mapping: ColumnMapping,
    tally: ImportTally,
    *,
    errors: Path,
    progress: Callable[[ImportTally], None] | None,
) -> Iterator[Record]:
    ids: set[str] = set()
    prefix = mapping.constants.get("source") or source.name.partition(".")[0]
    for row in rows:
        tally.read += 1
        try:
            record = _record(row, mapping, place=f"{source.name}:{row.line}", prefix=prefix)
            if record.id in ids:
                raise repeated_id(f"{source.name}:{row.line}")
        except InputError as error:
            tally.failed += 1
            tally.codes[error.code] += 1
            _append(errors, failure(error, line=row.line))
        else:
            ids.add(record.id)
            tally.written += 1
            yield record
        if progress is not None:
            progress(tally)


def _record(row: Row, mapping: ColumnMapping, *, place: str, prefix: str) -> Record:
    if isinstance(row.cells, InputError):
        raise row.cells
    return to_record(row.cells, mapping, place=place, default_id=f"{prefix}-{row.line}")


def _with_columns(rows: Iterator[Row], mapping: ColumnMapping, *, name: str) -> Iterator[Row]:
    """The rows, once the first one that can be read has shown that a table has the mapped columns."""
    wanted = mapping.columns()
    checked = False
    for row in rows:
        if not checked and not isinstance(row.cells, InputError):
            checked = True
            top = {column: column.partition(".")[0] for column in wanted}
            missing = [column for column in wanted if not {column, top[column]} & set(row.cells)]
            parts = {mapping.fields.get(part, part) for part in PARTS} & set(row.cells)
            if not (parts or mapping.constants.keys() & set(PARTS)):
                raise ConfigError(
                    "import.column",
                    received=f"{name} without a column for {', '.join(PARTS)}",
                    allowed=", ".join(row.cells),
                    fix="Name the column of the messages: --map text=COLUMN.",
                )
            if missing:
                raise ConfigError(
                    "import.column",
                    received=f"{name} without the column {missing[0]!r}",
                    allowed=", ".join(row.cells),
                    fix="Correct the mapping.",
                )
        yield row


def _append(path: Path, line: Mapping[str, object]) -> None:
    told = json.dumps(line, ensure_ascii=False)
    with (
        writing("record.unwritable", path, fix="Free some space, or choose another file with --errors."),
        path.open("a", encoding="utf-8", errors="backslashreplace") as file,
    ):
        file.write(f"{told}\n")


def _check_paths(source: Path, target: Path, errors: Path, *, overwrite: bool) -> None:
    if len({path.absolute() for path in (source, target, errors)}) < 3:
        raise ConfigError(
            "output.same-file",
            received=f"{target.name} in two roles",
            allowed="three different files for input, output and errors",
            fix="Name another output file.",
        )
    for path in (target, errors):
        if path.is_dir():
            raise StorageError(
                "output.directory",
                received=f"the folder {path.name}",
                allowed="the path of a file",
                fix="Name a file in it.",
            )
        require_free(path, overwrite=overwrite)

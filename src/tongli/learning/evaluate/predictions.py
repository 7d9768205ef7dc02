"""Predictions for records: from a file that ``tongli annotate`` wrote, or from the model itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from tongli.core import InputError, Message
from tongli.core.protocols import Reader
from tongli.learning.data.lines import read_objects
from tongli.learning.data.record import Record
from tongli.learning.evaluate.sheet import Line

_BATCH = 256


def read_predictions(path: Path, records: Sequence[Record]) -> list[Line]:
    """One line a record, in the order of the records, found by id; further lines are left alone.

    Raises:
        InputError: ``record.json``, ``record.object``, ``evaluate.line`` or ``evaluate.missing``.
        StorageError: ``record.unreadable``.
    """
    found = {str(line["id"]): line for line in _lines(path, needed=("id", "scores", "claims"))}
    missing = [record.id for record in records if record.id not in found]
    if missing:
        raise InputError(
            "evaluate.missing",
            received=f"{path.name} without {len(missing)} of {len(records)} records",
            allowed="a line for every record, with the same id",
            fix="Run `tongli annotate` on the data that is evaluated.",
        )
    return [found[record.id] for record in records]


def read_texts(path: Path) -> dict[str, tuple[list[str], list[str] | None]]:
    """Generated texts by language, with their references when every line has one.

    Raises:
        InputError: ``record.json``, ``record.object`` or ``evaluate.line``.
        StorageError: ``record.unreadable``.
    """
    lines = list(_lines(path, needed=("text",)))
    whole = all("reference" in line for line in lines)
    tags = sorted({str(line.get("lang") or "und") for line in lines})
    by_language = {tag: [line for line in lines if str(line.get("lang") or "und") == tag] for tag in tags}
    return {
        tag: (
            [str(line["text"]) for line in own],
            [str(line["reference"]) for line in own] if whole else None,
        )
        for tag, own in by_language.items()
    }


def predict(
    reader: Reader, records: Sequence[Record], *, progress: Callable[[int], None] = lambda _: None
) -> list[Line]:
    """What a model says of the texts of records, one line each.

    Args:
        reader: the pipeline, :class:`tongli.Tongli`.
        records: records with a text.
        progress: called with the number of texts read since the last call.

    Raises:
        InputError: those of the reader, for a text that cannot be read.
        ModelError: from the reader.
    """
    lines: list[Line] = []
    for start in range(0, len(records), _BATCH):
        batch = records[start : start + _BATCH]
        lines += [reading.to_dict() for reading in reader.read_many([_message(record) for record in batch])]
        progress(len(batch))
    return lines


def check_ids(records: Sequence[Record]) -> None:
    """Raises ``InputError`` (``evaluate.duplicate``) when two records have one id."""
    twice = [identity for identity, count in Counter(record.id for record in records).items() if count > 1]
    if twice:
        raise InputError(
            "evaluate.duplicate",
            received=f"{len(twice)} ids that occur more than once",
            allowed="an id of its own for each record",
            fix="Remove duplicates with `tongli learn check`.",
        )


def _message(record: Record) -> Message:
    return Message(text=record.text, lang=None if record.lang == "und" else record.lang, id=record.id)


def _lines(path: Path, *, needed: Sequence[str]) -> Iterator[dict[str, Any]]:
    for place, line in read_objects(path):
        if any(name not in line for name in needed):
            raise InputError(
                "evaluate.line",
                received=f"{place}: a line without {' or '.join(needed)}",
                allowed=f"an object with {', '.join(needed)}",
                fix="Give predictions as `tongli annotate` writes them.",
            )
        yield line

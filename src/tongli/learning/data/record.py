"""The one schema of the learning side: a labelled message, as a frozen class and as a line of JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from math import nan
from pathlib import Path
from typing import Any, Literal, get_args

from tongli.core import InputError, shorten
from tongli.core.writing import writing
from tongli.knowledge.schemes import SCHEMES, Scheme
from tongli.learning.data.lines import read_objects

Consent = Literal["public", "given", "unknown"]
GenderExpression = Literal["feminine", "masculine", "neutral", "mixed"]

PARTS = ("text", "audio", "image")
"""Fields of which a record has at least one."""

_IDS = ("id", "parent")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A message and what is known about it.

    Attributes:
        id: unique within its file; a file may also have whole numbers.
        text, audio, image: at least one; audio and image are paths relative to the file.
        lang: BCP-47 tag, ``und`` when unknown.
        culture: locale whose habits the text follows, if someone said so.
        gender_expression: of the *text* (its forms of address and agreement), never of a person.
        labels: head → label → value. A value is a share of annotators in 0..1, or a number in the range of an
            ordinal or regression scheme. A label that is absent was not annotated and is masked everywhere.
        source: data set that it comes from.
        licence: SPDX identifier, or ``unknown``.
        consent: of the people who wrote it.
        made_by: how it was made from ``parent``, such as ``augment:typos``; empty for collected records.
        parent: id of the record that it was made from.
    """

    id: str
    text: str = ""
    audio: str = ""
    image: str = ""
    lang: str = "und"
    culture: str = ""
    gender_expression: GenderExpression | None = None
    labels: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    source: str = "own"
    licence: str = "unknown"
    consent: Consent = "unknown"
    made_by: str = ""
    parent: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Plain data without the fields that say nothing."""
        found = {item.name: getattr(self, item.name) for item in fields(self)}
        return {name: value for name, value in found.items() if value not in ("", None, {})}


def target_of(record: Record, scheme: Scheme) -> list[float]:
    """Values in the scheme's order, nan where nobody annotated.

    Classes exclude each other: whoever named one said no to the others.
    """
    found = record.labels.get(scheme.name, {})
    absent = 0.0 if scheme.kind == "multiclass" and found else nan
    return [found.get(label, absent) for label in scheme.labels]


def parse(data: object, *, place: str, schemes: Mapping[str, Scheme] = SCHEMES) -> Record:
    """Plain data → a record.

    Args:
        data: what a line of JSON holds.
        place: where it was found, such as ``train.jsonl:12``, for messages.
        schemes: of the heads that labels may be of.

    Raises:
        InputError: ``record.object``, ``record.field``, ``record.empty``, ``record.head``, ``record.label``
            or ``record.value``.
    """
    if not isinstance(data, dict):
        raise _bad("record.object", f"{place}: {type(data).__name__}", "an object with id and text")
    known = {item.name for item in fields(Record)}
    if unknown := sorted(set(data) - known):
        raise _bad("record.field", f"{place}: {shorten(unknown[0])}", ", ".join(sorted(known)))
    data = with_text_ids(data)
    for name, value in data.items():
        if name == "gender_expression" and value is None:
            continue
        if name != "labels" and not isinstance(value, str):
            raise _bad(
                "record.field", f"{place}: {name} of type {type(value).__name__}", f"a string in {name}"
            )
    _check_choice(data.get("consent", "unknown"), get_args(Consent), place=place, name="consent")
    if (expression := data.get("gender_expression")) is not None:
        _check_choice(expression, get_args(GenderExpression), place=place, name="gender_expression")
    if not data.get("id") or not any(data.get(part, "").strip() for part in PARTS):
        raise _bad("record.empty", f"{place}: no id, or no text, audio or image", "an id and a part")
    return Record(**{**data, "labels": _labels(data.get("labels", {}), place=place, schemes=schemes)})


def with_text_ids(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The fields, with whole numbers in ``id`` and ``parent`` as text; any other stays as it is."""
    return {**data, **{name: str(data[name]) for name in _IDS if type(data.get(name)) is int}}


def read_records(path: Path, *, schemes: Mapping[str, Scheme] = SCHEMES) -> Iterator[Record]:
    """Records of a JSONL file, in order, with bounded memory.

    Args:
        path: of the file.
        schemes: of the heads that labels may be of.

    Raises:
        InputError: ``record.json`` and those of :func:`parse`, naming file and line; the first bad line
            ends the reading.
        StorageError: ``record.unreadable``.
    """
    for place, found in read_objects(path):
        yield parse(found, place=place, schemes=schemes)


def read_distinct(path: Path, *, schemes: Mapping[str, Scheme] = SCHEMES) -> list[Record]:
    """:func:`read_records` of a file whose records are told by their ids.

    Raises:
        InputError: ``record.repeated``, beside those of :func:`read_records`.
    """
    found: dict[str, Record] = {}
    for number, record in enumerate(read_records(path, schemes=schemes), start=1):
        if record.id in found:
            raise repeated_id(f"{path.name}, record {number}")
        found[record.id] = record
    return list(found.values())


def repeated_id(place: str) -> InputError:
    """The error of a row whose id an earlier row has."""
    return InputError(
        "record.repeated",
        received=f"{place}: an id that an earlier row has",
        allowed="ids that differ",
        fix="Correct it, or map another column to id.",
    )


def write_records(path: Path, records: Iterable[Record]) -> int:
    """Write a JSONL file beside its final name and rename it when whole; returns the number of records.

    Raises:
        StorageError: ``record.unwritable``.
    """
    part = path.with_name(f"{path.name}.part")
    count = 0
    try:
        with writing("record.unwritable", path):
            with part.open("w", encoding="utf-8") as file:
                for record in records:
                    file.write(json.dumps(record.to_dict(), ensure_ascii=False) + "\n")
                    count += 1
            part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return count


def _labels(data: object, *, place: str, schemes: Mapping[str, Scheme]) -> Mapping[str, Mapping[str, float]]:
    if not isinstance(data, dict) or not all(isinstance(values, dict) for values in data.values()):
        raise _bad("record.field", f"{place}: labels", '{"head": {"label": value}}')
    for head, values in data.items():
        if head not in schemes:
            raise InputError(
                "record.head",
                received=f"{place}: {shorten(head)}",
                allowed=", ".join(schemes),
                fix="Correct it, or declare a head of your own: [schemes.NAME] in a recipe, or --schemes.",
            )
        scheme = schemes[head]
        for label, value in values.items():
            if label not in scheme.labels:
                raise _bad("record.label", f"{place}: {head} {shorten(label)}", ", ".join(scheme.labels))
            number = isinstance(value, (int, float)) and not isinstance(value, bool)
            if not number or not scheme.low <= value <= scheme.high:
                allowed = f"a number in {scheme.low:g}..{scheme.high:g}"
                raise _bad("record.value", f"{place}: {head} {label} = {shorten(value)}", allowed)
    return data


def _check_choice(value: object, choices: tuple[str, ...], *, place: str, name: str) -> None:
    if value not in choices:
        raise _bad("record.field", f"{place}: {name} {shorten(value)}", ", ".join(choices))


def _bad(code: str, received: str, allowed: str) -> InputError:
    return InputError(code, received=received, allowed=allowed, fix="Correct it and run again.")

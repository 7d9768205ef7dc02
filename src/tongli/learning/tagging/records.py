"""Texts with marked spans: a line of JSON each, or CoCoA-MT's translations with annotated markers.

References:
    Nadejde et al. (2022), "CoCoA-MT: a dataset and benchmark for contrastive controlled MT with application
    to formality", Findings of NAACL.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from itertools import pairwise
from pathlib import Path
from typing import Any

from tongli.core import InputError, StorageError, shorten
from tongli.learning.data.lines import UNREADABLE, opened
from tongli.learning.data.record import with_text_ids
from tongli.learning.tasks import broken_set, read_set

Labelled = tuple[int, int, str]
"""Start, end and label of a marked span, in code points."""

_FORMALITY = Path("formality_mt") / "train.jsonl.gz"
_SIDES = ("formal", "informal")


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanRecord:
    """A text and everything that is marked in it.

    Attributes:
        id: unique within its file.
        text: as written.
        spans: of the text, in order, without blanks around them; none overlap.
        lang: BCP-47 tag, ``und`` when unknown.
        group: texts of one group never fall on both sides of a split; such as a common source sentence.
        source: data set that it comes from.
        licence: SPDX identifier, or ``unknown``.
    """

    id: str
    text: str
    spans: tuple[Labelled, ...]
    lang: str = "und"
    group: str = ""
    source: str = "own"
    licence: str = "unknown"


def read_span_records(path: Path) -> Iterator[SpanRecord]:
    """Records of a JSONL file: ``{"id", "text", "spans": [[start, end, "label"], …]}`` and the other fields.

    Raises:
        InputError: ``spans.json``, ``spans.field`` or ``spans.range``, naming file and line.
        StorageError: ``record.unreadable``.
    """
    try:
        with opened(path) as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield parse(line, place=f"{path.name}:{number}")
    except UNREADABLE as broken:
        raise StorageError(
            "record.unreadable",
            received=f"{path.name}: {type(broken).__name__}",
            allowed="a readable UTF-8 JSONL file of texts with spans",
            fix="Check the path.",
        ) from broken


def parse(line: str, *, place: str) -> SpanRecord:
    """One line of JSON → a record; raises as :func:`read_span_records`."""
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as broken:
        raise _bad("spans.json", f"{place}: {type(broken).__name__}", "one JSON object a line") from broken
    known = {item.name for item in fields(SpanRecord)}
    if not isinstance(data, dict) or not {"id", "text", "spans"} <= set(data) <= known:
        raise _bad("spans.field", f"{place}: missing or unknown fields", f"id, text, spans; {sorted(known)}")
    data = with_text_ids(data)
    for name, value in data.items():
        if name != "spans" and not isinstance(value, str):
            raise _bad(
                "spans.field", f"{place}: {name} of type {type(value).__name__}", f"a string in {name}"
            )
    return SpanRecord(**{**data, "spans": _spans(data["spans"], data["text"], place=place)})


def formality_markers(data: Path) -> list[SpanRecord]:
    """The formal and the informal side of every record of formality_mt, grouped by English source.

    Args:
        data: folder of the data sets.

    Raises:
        InputError: ``data.missing`` or ``data.broken``.
    """
    path = data / _FORMALITY
    try:
        return [_side(line, side) for line in read_set(path) for side in _SIDES]
    except KeyError as broken:
        raise broken_set(path, broken) from broken


def _side(line: Mapping[str, Any], side: str) -> SpanRecord:
    text = line[side]
    marked = [(start, end, side) for start, end in line[f"{side}_spans"]]
    return SpanRecord(
        id=f"{line['id']}-{side}",
        text=text,
        spans=tidy(marked, text),
        lang=line["lang"],
        group="".join(char for char in line["en"].casefold() if char.isalnum()),
        source="formality_mt",
        licence="CDLA-Sharing-1.0",
    )


def tidy(spans: Iterable[Labelled], text: str) -> tuple[Labelled, ...]:
    """Spans in order and without blanks around them; repeated, overlapping and blank ones are left out."""
    found: list[Labelled] = []
    for start, end, label in sorted(set(spans)):
        piece = text[start:end]
        low, high = start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
        if low < high and (not found or found[-1][1] <= low):
            found.append((low, high, label))
    return tuple(found)


def _spans(raw: object, text: str, *, place: str) -> tuple[Labelled, ...]:
    allowed = "[[start, end, label], …] within the text, in code points, without overlap"
    if not isinstance(raw, list):
        raise _bad("spans.field", f"{place}: spans of type {type(raw).__name__}", allowed)
    found: list[Labelled] = []
    for item in raw:
        if not isinstance(item, list) or [type(part) for part in item] != [int, int, str] or not item[2]:
            raise _bad("spans.range", f"{place}: {shorten(type(item).__name__)}", allowed)
        if not 0 <= item[0] < item[1] <= len(text):
            raise _bad("spans.range", f"{place}: {item[0]}..{item[1]} of {len(text)} code points", allowed)
        found.append((item[0], item[1], item[2]))
    found.sort()
    if any(second[0] < first[1] for first, second in pairwise(found)):
        raise _bad("spans.range", f"{place}: spans that overlap", allowed)
    return tidy(found, text)


def _bad(code: str, received: str, allowed: str) -> InputError:
    return InputError(code, received=received, allowed=allowed, fix="Correct it and run again.")

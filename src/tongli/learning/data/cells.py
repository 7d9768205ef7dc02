"""One row of cells → one record, under a mapping."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from typing import Any

from tongli.core import InputError, shorten
from tongli.knowledge.schemes import Scheme
from tongli.knowledge.tags import fallbacks
from tongli.learning.data.licences import spdx
from tongli.learning.data.mapping import FIELDS, ColumnMapping, Labels
from tongli.learning.data.record import Record, parse

_Values = dict[str, float]
_YES = frozenset({"1", "true", "yes"})
_NO = frozenset({"0", "false", "no"})
_LONGEST_LABEL = 40


def to_record(cells: Mapping[str, Any], mapping: ColumnMapping, *, place: str, default_id: str) -> Record:
    """Make a record of a row.

    Args:
        cells: column → value.
        mapping: how to read them.
        place: where the row stands, for messages.
        default_id: id of a row that has none.

    Raises:
        InputError: ``import.label``, ``import.labels``, ``import.value``, ``import.lang``, and those of
            :func:`tongli.learning.data.record.parse`. Texts are never repeated.
    """
    data: dict[str, Any] = {"id": default_id, **mapping.constants}
    for name in FIELDS:
        value = lookup(cells, mapping.fields.get(name, name))
        if not _blank(value):
            number = isinstance(value, int) and not isinstance(value, bool) and name in {"id", "parent"}
            data[name] = str(value) if number else value
    if isinstance(data.get("lang"), str):
        data["lang"] = _language(data["lang"], place=place)
    if isinstance(data.get("licence"), str):
        data["licence"] = spdx(data["licence"])
    data["labels"] = _all_labels(cells, mapping, place=place)
    return parse(data, place=place, schemes=mapping.schemes)


def lookup(cells: Mapping[str, Any], column: str) -> Any:
    """The value of a column, or through objects along a dotted path; ``None`` where there is none."""
    if column in cells or "." not in column:
        return cells.get(column)
    head, _, rest = column.partition(".")
    inner = cells.get(head)
    return lookup(inner, rest) if isinstance(inner, dict) else None


def _all_labels(cells: Mapping[str, Any], mapping: ColumnMapping, *, place: str) -> Any:
    if not mapping.labels:
        ready = cells.get("labels")
        return ready if isinstance(ready, dict) else {}
    schemes = mapping.schemes
    found = {
        head: _head(cells, schemes[head], labels, place=f"{place}: {head}")
        for head, labels in mapping.labels.items()
    }
    return {head: values for head, values in found.items() if values}


def _head(cells: Mapping[str, Any], scheme: Scheme, labels: Labels, *, place: str) -> _Values:
    masked = {*labels.unknown, *_names(lookup(cells, labels.not_annotated), labels, place=place)}
    if labels.columns:
        values = _by_column(cells, scheme, labels, place=place)
    else:
        values = _by_cell(_unpacked(lookup(cells, labels.column)), scheme, labels, place=place)
    return {label: value for label, value in values.items() if label not in masked}


def _by_column(cells: Mapping[str, Any], scheme: Scheme, labels: Labels, *, place: str) -> _Values:
    found: _Values = {}
    for label in scheme.labels:
        foreign = [old for old, new in labels.rename.items() if new == label]
        for name in (label, *foreign):
            value = lookup(cells, labels.columns.replace("{label}", name))
            if not _blank(value):
                found[label] = _number(value, place=f"{place} {label}")
    return found


def _by_cell(cell: Any, scheme: Scheme, labels: Labels, *, place: str) -> _Values:
    if _blank(cell):
        return {}
    if isinstance(cell, dict):
        known = {name: value for name, value in cell.items() if not _blank(value)}
        pairs = zip(_renamed(known, scheme, labels, place=place), known.values(), strict=True)
        return {name: _number(value, place=f"{place} {name}") for name, value in pairs if name}
    if len(scheme.labels) == 1 and _is_number(cell):
        return {scheme.labels[0]: _number(cell, place=place)}
    if scheme.kind in {"ordinal", "regression"}:
        raise _bad("import.value", f"{place} without a number", "a number, or an object label → number")
    chosen = {
        name for name in _renamed(_names(cell, labels, place=place), scheme, labels, place=place) if name
    }
    if scheme.kind == "multiclass" and len(chosen) != 1:
        if not chosen:
            return {}
        raise _bad("import.labels", f"{place} with {len(chosen)} labels", "one of them")
    return {name: float(name in chosen) for name in scheme.labels}


def _names(cell: Any, labels: Labels, *, place: str) -> list[str]:
    cell = _unpacked(cell)
    if _blank(cell):
        return []
    parts = cell.split(labels.separator) if isinstance(cell, str) else cell
    if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
        raise _bad("import.labels", f"{place} as {type(cell).__name__}", "a label, or a list of labels")
    return [part.strip() for part in parts if part.strip()]


def _renamed(names: Iterable[str], scheme: Scheme, labels: Labels, *, place: str) -> list[str]:
    found = [labels.rename.get(name, name) for name in names]
    for name in found:
        if name and name not in scheme.labels:
            # A long one is probably a text in the wrong column, which is never repeated.
            shown = shorten(name) if len(name) <= _LONGEST_LABEL else f"a label of {len(name)} characters"
            raise InputError(
                "import.label",
                received=f"{place} {shown}",
                allowed=", ".join(scheme.labels),
                fix="Map it with rename, to nothing if it is to be left out.",
            )
    return found


def _unpacked(cell: Any) -> Any:
    """A list or object that was written as JSON into a text cell."""
    if isinstance(cell, str) and cell.strip()[:1] in {"[", "{"}:
        try:
            return json.loads(cell)
        except (ValueError, RecursionError):
            return cell
    return cell


def _blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip()) or value != value  # noqa: PLR0124 - NaN


def _is_number(value: Any) -> bool:
    try:
        _number(value, place="")
    except InputError:
        return False
    return True


def _number(value: Any, *, place: str) -> float:
    text = str(value).strip().lower()
    if text in _YES | _NO:
        return float(text in _YES)
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise _bad("import.value", f"{place} without a number", "a number, or yes and no")
    return number


def _language(tag: str, *, place: str) -> str:
    try:
        found = fallbacks(tag)[0]
    except InputError:
        found = ""
    if len(found.partition("-")[0]) not in {2, 3}:
        # The cell may hold anything, so it is not repeated.
        raise _bad(
            "import.lang", f"{place}: lang of {len(tag)} characters", "a BCP-47 tag, such as de or pt-BR"
        )
    return found


def _bad(code: str, received: str, allowed: str) -> InputError:
    return InputError(code, received=received, allowed=allowed, fix="Correct the row or the mapping.")

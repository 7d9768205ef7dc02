"""How the columns of a foreign file become the fields and labels of records, as data."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from importlib.resources import files
from pathlib import Path
from typing import Any

from tongli.core import ConfigError, StorageError, shorten
from tongli.knowledge.schemes import SCHEMES, Scheme, own_schemes
from tongli.learning.data.record import Record

FIELDS = tuple(item.name for item in fields(Record) if item.name != "labels")
"""Fields that a column or a constant may fill."""

PRESETS = (
    "afrisenti",
    "brighter",
    "brighter_intensity",
    "empathic_reactions",
    "goemotions",
    "indonlu_emot",
    "indonlu_smsa",
    "tydip",
    "xed",
)
"""Mappings that ship, for public sets as JSONL with ``text``, ``lang`` and ``labels`` or ``scores``."""

_LABEL = "{label}"
_LONG = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """Where the labels of one head stand.

    Attributes:
        column: holds a label, several, a list, a number, or an object label → number; a dot leads into an
            object (``scores.empathy``).
        columns: name of one column a label, with ``{label}`` for its name; used instead of ``column``.
        separator: between the labels of a text cell.
        rename: foreign label → label of the scheme, or → "" for one to leave out.
        unknown: labels that the set never annotated.
        not_annotated: column that lists the labels that the row did not annotate.
    """

    column: str = ""
    columns: str = ""
    separator: str = ","
    rename: Mapping[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    not_annotated: str = "not_annotated"


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMapping:
    """A declarative importer.

    Attributes:
        fields: record field → column, for fields whose column has another name.
        constants: record field → value for every row that has none of its own.
        labels: head → where its labels stand. Without any, a column ``labels`` that holds head → label →
            value, as records have it, is taken as it is.
        own: schemes that are not built in, by name.

    Raises:
        ConfigError: ``mapping.field``, ``mapping.head``, ``mapping.label`` or ``mapping.labels``.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, Labels] = field(default_factory=dict)
    own: Mapping[str, Scheme] = field(default_factory=dict)

    @property
    def schemes(self) -> Mapping[str, Scheme]:
        """Of all heads that records may have labels of."""
        return {**SCHEMES, **self.own}

    def __post_init__(self) -> None:
        for name in (*self.fields, *self.constants):
            if name not in FIELDS:
                raise _bad("mapping.field", f"the field {shorten(name)}", ", ".join(FIELDS))
        for head, labels in self.labels.items():
            _check_labels(head, labels, schemes=self.schemes)

    def columns(self) -> tuple[str, ...]:
        """Columns that must be there in a file with a header."""
        found = [*self.fields.values(), *(labels.column for labels in self.labels.values())]
        return tuple(dict.fromkeys(name for name in found if name))


def load_mapping(name: str) -> ColumnMapping:
    """A mapping that ships, by name, or of a TOML file.

    Raises:
        ConfigError: ``mapping.unknown``, ``mapping.toml``, ``mapping.key``, those of :class:`ColumnMapping`.
        StorageError: ``mapping.unreadable``.
    """
    path = Path(name)
    if name in PRESETS:
        raw = files(__package__).joinpath("presets", f"{name}.toml").read_text(encoding="utf-8")
    elif not path.is_file():
        raise _bad("mapping.unknown", shorten(name), f"a TOML file, or one of {', '.join(PRESETS)}")
    else:
        try:
            raw = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as broken:
            raise StorageError(
                "mapping.unreadable",
                received=f"{path.name}: {type(broken).__name__}",
                allowed="a readable UTF-8 file",
                fix="Check its permissions and encoding.",
            ) from broken
    try:
        data = tomllib.loads(raw)
    except tomllib.TOMLDecodeError as broken:
        raise _bad("mapping.toml", f"{path.name}: {broken}", "a TOML file") from broken
    return parse_mapping(data)


def parse_mapping(data: Mapping[str, Any]) -> ColumnMapping:
    """Plain data (of TOML) → a mapping.

    Raises:
        ConfigError: ``mapping.key``, those of :class:`ColumnMapping` and of :func:`own_schemes`.
    """
    _only(data, {"fields", "constants", "schemes", "labels"}, place="the mapping")
    strings = {name: _strings(data.get(name, {}), place=name) for name in ("fields", "constants")}
    labels = data.get("labels", {})
    if not isinstance(labels, dict):
        raise _bad("mapping.key", "labels", "a table for each head")
    return ColumnMapping(
        **strings,
        labels={head: _labels(head, part) for head, part in labels.items()},
        own=own_schemes(data.get("schemes", {})),
    )


def _labels(head: str, data: Any) -> Labels:
    place = f"labels.{shorten(head)}"
    if isinstance(data, str):
        return Labels(column=data)
    known = {item.name for item in fields(Labels)}
    if not isinstance(data, dict):
        raise _bad("mapping.key", place, f"a column, or a table with {', '.join(sorted(known))}")
    _only(data, known, place=place)
    unknown = data.get("unknown", [])
    if not isinstance(unknown, list) or not all(isinstance(label, str) for label in unknown):
        raise _bad("mapping.key", f"{place}.unknown", "a list of labels")
    rename = _strings(data.get("rename", {}), place=f"{place}.rename")
    rest = {name: value for name, value in data.items() if name not in {"unknown", "rename"}}
    return Labels(**_strings(rest, place=place), rename=rename, unknown=tuple(unknown))


def _check_labels(head: str, labels: Labels, *, schemes: Mapping[str, Scheme]) -> None:
    if head not in schemes:
        allowed_heads = ", ".join((*schemes, "one declared as [schemes.NAME]"))
        raise ConfigError(
            "mapping.head",
            received=f"the head {shorten(head)}",
            allowed=allowed_heads,
            fix="Correct the mapping. A head of your own is declared in a file for --mapping: "
            f'[schemes.{_plain(head)}] with labels = ["…"]; see docs/learn/train.md.',
        )
    allowed = schemes[head].labels
    for label in (*labels.unknown, *filter(None, labels.rename.values())):
        if label not in allowed:
            raise _bad("mapping.label", f"{head} {shorten(label)}", ", ".join(allowed))
    if bool(labels.column) == bool(labels.columns) or (labels.columns and _LABEL not in labels.columns):
        raise _bad(
            "mapping.labels",
            f"{head} with column {shorten(labels.column)} and columns {shorten(labels.columns)}",
            f"one of them: a column, or one column a label named with {_LABEL}",
        )
    if not labels.separator:
        raise _bad("mapping.labels", f"{head} with an empty separator", "one or more characters")


def _plain(head: str) -> str:
    """A name to show in an example."""
    return head if head.isidentifier() and len(head) < _LONG else "NAME"


def _strings(data: Any, *, place: str) -> dict[str, str]:
    if not isinstance(data, dict) or not all(isinstance(value, str) for value in data.values()):
        raise _bad("mapping.key", place, "names and strings")
    return data


def _only(data: Mapping[str, Any], known: set[str], *, place: str) -> None:
    if unknown := sorted(set(data) - known):
        raise _bad("mapping.key", f"{shorten(unknown[0])} in {place}", ", ".join(sorted(known)))


def _bad(code: str, received: str, allowed: str) -> ConfigError:
    return ConfigError(code, received=received, allowed=allowed, fix="Correct the mapping.")

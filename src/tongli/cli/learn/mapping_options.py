"""The options of ``tongli learn import`` that say what the columns mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from tongli.core import ConfigError, shorten
from tongli.knowledge.schemes import Scheme
from tongli.learning.data.mapping import ColumnMapping, Labels, load_mapping


def build_mapping(
    name: str | None,
    *,
    fields: Iterable[str],
    constants: Iterable[str],
    labels: Iterable[str],
    columns: Iterable[str],
    rename: Iterable[str],
    unknown: Iterable[str],
    separator: str | None,
    not_annotated: str | None,
) -> ColumnMapping:
    """The mapping that the options describe, on top of a named one.

    Args:
        name: a mapping that ships, or a TOML file.
        fields, constants, labels, columns, rename, unknown: ``NAME=VALUE`` items.
        separator, not_annotated: for every head.

    Raises:
        ConfigError: ``mapping.option`` and those of :mod:`tongli.learning.data.mapping`.
    """
    base = load_mapping(name) if name else ColumnMapping()
    heads = dict(base.labels)
    for head, column in _pairs("--labels", labels).items():
        heads[head] = replace(heads.get(head, Labels()), column=column, columns="")
    for head, template in _pairs("--columns", columns).items():
        heads[head] = replace(heads.get(head, Labels()), column="", columns=template)
    for head, names in _pairs("--unknown", unknown).items():
        masked = tuple(part.strip() for part in names.split(",") if part.strip())
        heads[head] = replace(heads.get(head, Labels()), unknown=masked)
    renames = _pairs("--rename", rename, empty=True)
    _check_renames(renames, heads, schemes=base.schemes)
    for head, found in heads.items():
        known = base.schemes[head].labels if head in base.schemes else ()
        own = {old: new for old, new in renames.items() if not new or new in known}
        heads[head] = replace(
            found,
            rename={**found.rename, **own},
            separator=found.separator if separator is None else separator,
            not_annotated=found.not_annotated if not_annotated is None else not_annotated,
        )
    return ColumnMapping(
        fields={**base.fields, **_pairs("--map", fields)},
        constants={**base.constants, **_pairs("--set", constants)},
        labels=heads,
        own=base.own,
    )


def _check_renames(
    renames: Mapping[str, str], heads: Iterable[str], *, schemes: Mapping[str, Scheme]
) -> None:
    known = {label for head in heads if head in schemes for label in schemes[head].labels}
    for new in renames.values():
        if new and new not in known:
            raise ConfigError(
                "mapping.label",
                received=f"--rename to {shorten(new)}",
                allowed=", ".join(sorted(known)) or "labels of a head given with --labels or --columns",
                fix="Correct --rename, or give the head.",
            )


def _pairs(option: str, items: Iterable[str], *, empty: bool = False) -> dict[str, str]:
    found: dict[str, str] = {}
    for item in items:
        name, equals, value = item.partition("=")
        if not equals or not name.strip() or not (empty or value):
            raise ConfigError(
                "mapping.option",
                received=f"{option} {shorten(item)}",
                allowed="NAME=VALUE",
                fix=f"Correct {option}; see `tongli learn import --help`.",
            )
        found[name.strip()] = value.strip() or value
    return found

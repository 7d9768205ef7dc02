"""Recipes as TOML files: the keys are the attributes of a data class, the types those of its defaults."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from tongli.core import ConfigError, shorten
from tongli.emotion.heads import schemes_in
from tongli.knowledge.schemes import Schemes, own_schemes


def read_toml(path: Path, *, example: str) -> dict[str, Any]:
    """The content of a file.

    Args:
        path: of the file.
        example: a file to start from, for the error.

    Raises:
        ConfigError: ``recipe.unreadable``.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as broken:
        raise ConfigError(
            "recipe.unreadable",
            received=f"{path.name}: {type(broken).__name__}",
            allowed="a readable TOML file",
            fix=f"Start from {example}.",
        ) from broken


def read_schemes(path: Path | None, *, heads: Path | None = None) -> Schemes:
    """The built-in schemes, those of a folder of heads, and those that a TOML file declares.

    Args:
        path: of a recipe, a mapping or any TOML file with ``[schemes.NAME]`` tables.
        heads: folder that may have heads of one's own.

    Raises:
        ConfigError: ``recipe.unreadable``, those of :func:`own_schemes`, and ``scheme.differs`` when the file
            declares a head of the folder otherwise.
        ModelError: ``heads.card``.
    """
    known = schemes_in(heads)
    if path is None:
        return known
    declared = own_schemes(read_toml(path, example="docs/learn/train.md").get("schemes", {}))
    if strange := [name for name, scheme in declared.items() if known.get(name, scheme) != scheme]:
        raise ConfigError(
            "scheme.differs",
            received=f"{path.name} with other labels or another kind of {', '.join(strange)} than the model",
            allowed="the scheme that the head was trained with",
            fix="Correct the declaration, leave it out, or give the new head another name.",
        )
    return {**known, **declared}


def typed(
    kind: type[Any],
    table: object,
    *,
    place: str = "",
    tables: Collection[str] = (),
    below: float = math.nan,
) -> dict[str, Any]:
    """The table's values, each of the type of the attribute's default and not negative.

    Args:
        kind: a data class whose attributes have defaults.
        table: of the file.
        place: of the table in the file, ending in a dot.
        tables: attributes that are tables of their own.
        below: every number must be; nan for no such limit.

    Raises:
        ConfigError: ``recipe.key`` or ``recipe.value``.
    """
    if not isinstance(table, Mapping):
        raise wrong("recipe.value", f"{place[:-1]} = {shorten(table)}", f"a table [{place[:-1]}]")
    defaults = {item.name: item.default for item in fields(kind) if item.name not in tables}
    for name in table:
        if name not in defaults:
            raise wrong("recipe.key", f"{place}{shorten(name)}", ", ".join(defaults))
    return {
        name: _value(value, like=defaults[name], place=f"{place}{name}", below=below)
        for name, value in table.items()
    }


def wrong(code: str, received: str, allowed: str) -> ConfigError:
    """The error of a key or value."""
    return ConfigError(code, received=received, allowed=allowed, fix="Correct the recipe.")


def _value(value: Any, *, like: Any, place: str, below: float) -> Any:
    if isinstance(like, tuple):
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        raise wrong("recipe.value", f"{place} = {shorten(value)}", "a list of file names")
    if isinstance(like, float) and type(value) is int:
        value = float(value)
    if type(value) is not type(like):
        raise wrong("recipe.value", f"{place} = {shorten(value)}", f"a {type(like).__name__}")
    if isinstance(value, (int, float)) and (not value >= 0 or value >= below):
        raise wrong("recipe.value", f"{place} = {shorten(value)}", "a number of at least 0")
    return value

"""A search as one TOML file."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args

from tongli.core import ConfigError, shorten
from tongli.learning.search.space import Choice, Pruner, Space, Span, Value
from tongli.learning.train.recipe import TABLES, HeadRecipe, Recipe, check_recipe, read_recipe

_TOP = ("recipe", "pruner", "seed", "trial", "search")

_COSTS = ("examples", "evaluate_every", "patience")
"""What decides what a trial costs, and how its looks line up with those of others: ``[trial]`` may set it."""

_SHARED = (
    *("train", "dev", "model", "base", "refit", "portion", "max_tokens", "held_out", "near", "seed"),
    *TABLES,
)
"""Trials that differ in these would be judged on other texts, or be luck; or they are tables."""


def read_space(path: Path) -> Space:
    """Read a search: ``recipe``, and a table ``[search]`` of ranges and lists; see docs/learn/search.md.

    Raises:
        ConfigError: ``space.unreadable``, ``space.key`` or ``space.range``, and those of :func:`read_recipe`,
            also for a value that would be tried.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as broken:
        raise ConfigError(
            "space.unreadable",
            received=f"{path.name}: {type(broken).__name__}",
            allowed="a readable TOML file",
            fix="Start from examples/learn/search.toml.",
        ) from broken
    for key in data:
        if key not in _TOP:
            raise _bad_key(key, _TOP)
    name = data.get("recipe")
    if not isinstance(name, str):
        raise _bad_range("recipe", name, "the name of a recipe file")
    recipe = read_recipe(path.parent / name)
    if recipe.base and not recipe.refit:
        raise _bad_range(
            "recipe", name, "a recipe that trains layers, or refits heads: without base, or refit"
        )
    space = Space(
        recipe=recipe,
        trial=_trial(data.get("trial", {})),
        ranges=_ranges(data.get("search"), recipe=recipe),
        pruner=_pruner(data.get("pruner", "median")),
        seed=_whole("seed", data.get("seed", 0), least=0),
    )
    for key, values in space.ranges.items():
        for value in values.values if isinstance(values, Choice) else (values.low, values.high):
            check_recipe(space.recipe_of({key: value}))
    return space


def searchable(recipe: Recipe) -> dict[str, Value]:
    """Keys of a recipe that can be searched, with the values they have now."""
    found: dict[str, Value] = {
        item.name: getattr(recipe, item.name)
        for item in fields(Recipe)
        if item.name not in {*_COSTS, *_SHARED}
    }
    for name, head in recipe.heads.items():
        found |= {f"heads.{name}.{item.name}": getattr(head, item.name) for item in fields(HeadRecipe)}
    return found


def _trial(table: Any) -> dict[str, int]:
    if not isinstance(table, dict):
        raise _bad_range("trial", table, f"a table of {', '.join(_COSTS)}")
    for key in table:
        if key not in _COSTS:
            raise _bad_key(f"trial.{key}", _COSTS)
    return {key: _whole(f"trial.{key}", value, least=1) for key, value in table.items()}


def _pruner(name: Any) -> Pruner:
    for known in get_args(Pruner):
        if name == known:
            found: Pruner = known
            return found
    raise _bad_range("pruner", name, ", ".join(get_args(Pruner)))


def _ranges(table: Any, *, recipe: Recipe) -> dict[str, Span | Choice]:
    if not isinstance(table, dict) or not table:
        raise _bad_range("search", table, "a table [search] of at least one range")
    known = searchable(recipe)
    found = {}
    for key, value in _flat(table):
        if key not in known:
            raise _bad_key(key, tuple(known))
        found[key] = _range(key, value, like=known[key])
    return found


def _flat(table: Mapping[str, Any], *, place: str = "") -> Iterator[tuple[str, Any]]:
    """Keys with dots; the levels are those of the recipe, ``heads.NAME.KEY``."""
    for key, value in table.items():
        if isinstance(value, dict) and (place == "heads." or (not place and key == "heads")):
            yield from _flat(value, place=f"{place}{key}.")
        else:
            yield f"{place}{key}", value


def _range(key: str, given: Any, *, like: Value) -> Span | Choice:
    if isinstance(given, list):
        values = tuple(_value(key, item, like=like) for item in given)
        if len(set(values)) < max(1, len(values)):
            raise _bad_range(key, given, "values that differ")
        if not values:
            raise _bad_range(key, given, "at least one value")
        return Choice(values=values)
    if not isinstance(given, dict) or not {"low", "high"} <= set(given) <= {"low", "high", "log"}:
        raise _bad_range(key, given, "{low = …, high = …} with log = true if you like, or a list of values")
    low, high = (_value(key, given[end], like=like) for end in ("low", "high"))
    log = given.get("log", False)
    if isinstance(low, (str, bool)) or isinstance(high, (str, bool)) or not isinstance(log, bool):
        raise _bad_range(key, given, "low and high for numbers, log = true or false; else a list of values")
    if not low < high or (log and low <= 0):
        raise _bad_range(key, given, "low below high, and above 0 for log")
    return Span(low=low, high=high, log=log)


def _value(key: str, given: Any, *, like: Value) -> Value:
    """A value of the key's type, finite and not negative."""
    if isinstance(like, float) and type(given) is int:
        given = float(given)
    if type(given) is not type(like):
        raise _bad_range(key, given, f"values of type {type(like).__name__}")
    if isinstance(given, (int, float)) and not (math.isfinite(given) and given >= 0):
        raise _bad_range(key, given, "finite numbers of at least 0")
    found: Value = given
    return found


def _whole(key: str, value: Any, *, least: int) -> int:
    if type(value) is not int or value < least:
        raise _bad_range(key, value, f"a whole number of at least {least}")
    return value


def _bad_key(key: str, allowed: tuple[str, ...]) -> ConfigError:
    return ConfigError(
        "space.key",
        received=shorten(key),
        allowed=", ".join(allowed),
        fix="Correct the key in the file of the search.",
    )


def _bad_range(key: str, value: Any, allowed: str) -> ConfigError:
    return ConfigError(
        "space.range",
        received=f"{shorten(key)} = {shorten(value)}",
        allowed=allowed,
        fix="Correct the value in the file of the search.",
    )

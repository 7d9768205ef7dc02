"""What to search: a recipe, and ranges for some of its keys."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from tongli.learning.train.recipe import Recipe

Value = float | int | str | bool
Values = Mapping[str, Value]
"""Key of the recipe → value; heads as ``heads.NAME.KEY``."""

Pruner = Literal["median", "hyperband", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Numbers from ``low`` to ``high``, both included; drawn by their logarithm when ``log``."""

    low: float | int
    high: float | int
    log: bool = False

    def holds(self, value: Value) -> bool:
        """Whether a value could be drawn."""
        return not isinstance(value, str) and self.low <= value <= self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of a few values."""

    values: tuple[Value, ...]

    def holds(self, value: Value) -> bool:
        """Whether a value could be drawn."""
        return value in self.values


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """A search.

    Attributes:
        recipe: that every trial starts from.
        trial: what only the trials do otherwise, as ``examples``; the best recipe does not keep it.
        ranges: key → values to try.
        pruner: stops trials that fall below the median of others at the same look, or by Hyperband.
        seed: of the sampler.
    """

    recipe: Recipe
    trial: Mapping[str, int]
    ranges: Mapping[str, Span | Choice]
    pruner: Pruner = "median"
    seed: int = 0

    @property
    def digest(self) -> str:
        """Of all that decides what a trial is; trials of two digests cannot be compared."""
        # Files by name: a folder that was moved is still the same search.
        train, dev = ([Path(name).name for name in names] for names in (self.recipe.train, self.recipe.dev))
        told = repr((train, dev, replace(self.recipe, train=(), dev=()), self.trial, self.ranges))
        return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    @property
    def start(self) -> dict[str, Value]:
        """The recipe's own values of the keys that are searched; empty when one lies outside its range."""
        values = {key: _get(self.recipe, key) for key in self.ranges}
        return values if all(self.ranges[key].holds(value) for key, value in values.items()) else {}

    def recipe_of(self, values: Values) -> Recipe:
        """The recipe with these values.

        With another ``batch``, ``evaluate_every`` follows, so that looks come after the same number of texts.
        """
        return _changed(self.recipe, values)

    def trial_of(self, values: Values) -> Recipe:
        """The recipe that a trial runs."""
        changes: Mapping[str, Any] = self.trial
        return _changed(replace(self.recipe, **changes), values)

    @property
    def looks(self) -> int:
        """Looks at the held-out texts in a whole trial."""
        recipe = self.trial_of({})
        return math.ceil(recipe.steps / recipe.evaluate_every)


def _changed(recipe: Recipe, values: Values) -> Recipe:
    heads = dict(recipe.heads)
    plain: dict[str, Any] = {}
    for key, value in values.items():
        if key.startswith("heads."):
            _, name, inner = key.split(".")
            changes: dict[str, Any] = {inner: value}
            heads[name] = replace(heads[name], **changes)
        else:
            plain[key] = value
    changed = replace(recipe, **plain, heads=heads)
    pace = max(1, round(recipe.evaluate_every * recipe.batch / max(1, changed.batch)))
    return replace(changed, evaluate_every=pace)


def _get(recipe: Recipe, key: str) -> Value:
    if not key.startswith("heads."):
        found: Value = getattr(recipe, key)
        return found
    _, name, inner = key.split(".")
    value: Value = getattr(recipe.heads[name], inner)
    return value

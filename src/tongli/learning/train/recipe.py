"""A training run as one TOML file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from tongli.core import ConfigError, shorten
from tongli.knowledge.schemes import SCHEMES

PRECISIONS = ("float32", "bfloat16")


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadRecipe:
    """How one head takes part.

    Attributes:
        share: multiplier of its texts in sampling.
        loss: weight of its loss.
        inner: hidden units.
    """

    share: float = 1.0
    loss: float = 1.0
    inner: int = 128


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """Everything that decides the weights, but the data and the code.

    Attributes:
        train, dev: files of records to learn from and to report on, relative to the recipe; without any, the
            public sets named in tongli.learning.tasks.
        model: encoder to start from: ``embedded``, a folder, or ``hf:NAME``.
        max_tokens: texts are cut there.
        precision: of products in training, ``float32`` or ``bfloat16`` (weights stay float32); the latter is
            about twice as fast on processors with AVX512-BF16 or AMX, and slower on others.
        examples: texts to learn from in all, repeats counted.
        batch: texts a step.
        rate, head_rate: largest learning rates of the top layer and of the heads.
        layer_decay: each lower layer learns at this times the rate of the one above (Howard & Ruder 2018).
        weight_decay: of matrices (AdamW).
        warm_up: share of the steps with a rising rate; then it falls in a line to zero.
        dropout, head_dropout: within layers, within heads.
        clip: largest norm of the gradient.
        average: decay of the moving average of the weights, a step (Polyak & Juditsky 1992).
        power: of language sizes in sampling.
        held_out: share of the texts kept for early stopping and calibration.
        evaluate_every: steps between looks at the held-out texts.
        patience: looks without gain before stopping early.
        seed: of everything random.
        heads: head → how it takes part.
    """

    train: tuple[str, ...] = ()
    dev: tuple[str, ...] = ()
    model: str = "embedded"
    max_tokens: int = 128
    precision: str = "float32"
    examples: int = 280_000
    batch: int = 64
    rate: float = 1.5e-4
    head_rate: float = 1e-3
    layer_decay: float = 0.9
    weight_decay: float = 0.01
    warm_up: float = 0.06
    dropout: float = 0.1
    head_dropout: float = 0.3
    clip: float = 1.0
    average: float = 0.999
    power: float = 0.5
    held_out: float = 0.08
    evaluate_every: int = 700
    patience: int = 4
    seed: int = 0
    heads: Mapping[str, HeadRecipe] = field(default_factory=dict)

    @property
    def steps(self) -> int:
        """Steps of a whole run."""
        return max(1, self.examples // max(1, self.batch))


def read_recipe(path: Path) -> Recipe:
    """Read a TOML file whose keys are the attributes of :class:`Recipe`, heads as ``[heads.NAME]``.

    Raises:
        ConfigError: ``recipe.unreadable``, ``recipe.key`` or ``recipe.value``.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as broken:
        raise ConfigError(
            "recipe.unreadable",
            received=f"{path.name}: {type(broken).__name__}",
            allowed="a readable TOML file",
            fix="Start from examples/learn/recipe.toml.",
        ) from broken
    tables = data.pop("heads", {})
    if not isinstance(tables, dict) or not tables:
        raise _bad("recipe.value", "no [heads.NAME] table", "at least one head")
    heads = {}
    for name, table in tables.items():
        if name not in SCHEMES:
            raise _bad("recipe.key", f"heads.{shorten(name)}", ", ".join(SCHEMES))
        heads[name] = HeadRecipe(**_checked(HeadRecipe, table, place=f"heads.{name}."))
    recipe = Recipe(**_checked(Recipe, data, place=""), heads=heads)
    if recipe.precision not in PRECISIONS:
        raise _bad("recipe.value", f"precision = {shorten(recipe.precision)}", " or ".join(PRECISIONS))
    return replace(
        recipe,
        train=tuple(str(path.parent / name) for name in recipe.train),
        dev=tuple(str(path.parent / name) for name in recipe.dev),
    )


def _checked(kind: type[Any], table: Mapping[str, Any], *, place: str) -> dict[str, Any]:
    """The table's values, each of the type of the attribute's default and not negative."""
    defaults = {item.name: item.default for item in fields(kind) if item.name != "heads"}
    found: dict[str, Any] = {}
    for name, value in table.items():
        if name not in defaults:
            raise _bad("recipe.key", f"{place}{shorten(name)}", ", ".join(defaults))
        found[name] = _value(value, default=defaults[name], place=f"{place}{name}")
    return found


def _value(value: Any, *, default: Any, place: str) -> Any:
    if isinstance(default, tuple):
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        raise _bad("recipe.value", f"{place} = {shorten(value)}", "a list of file names")
    if isinstance(default, float) and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if type(value) is not type(default):
        raise _bad("recipe.value", f"{place} = {shorten(value)}", f"a {type(default).__name__}")
    if isinstance(value, (int, float)) and not value >= 0:
        raise _bad("recipe.value", f"{place} = {shorten(value)}", "a number of at least 0")
    return value


def _bad(code: str, received: str, allowed: str) -> ConfigError:
    return ConfigError(code, received=received, allowed=allowed, fix="Correct the recipe.")

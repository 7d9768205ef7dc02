"""A pre-training run as one TOML file."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from pathlib import Path

from tongli.core import shorten
from tongli.learning.recipe_file import read_toml, typed, wrong
from tongli.learning.train.recipe import PRECISIONS

SCHEDULES = ("linear", "cosine", "constant")

_SHARES = ("warm_up", "dropout", "held_out")
_AT_LEAST_ONE = ("steps", "batch_tokens", "evaluate_every", "patience")
_FEWEST_TOKENS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class PretrainRecipe:
    """Everything that decides the weights, but the data and the code.

    Attributes:
        texts: files of records whose texts are learnt from, relative to the recipe; labels are not read.
        exclude: files of records whose texts are not learnt from, such as those of a development set.
        model: encoder to start from: ``embedded``, a folder, or ``hf:NAME``.
        max_tokens: longer texts are cut into windows of so many, special tokens included.
        precision: of products in training, ``float32`` or ``bfloat16`` (weights stay float32).
        steps: updates of the weights.
        batch_tokens: tokens a step, padding included.
        mask: share of the tokens to predict (Devlin et al. 2019).
        whole_words: choose words rather than pieces of words.
        layers: upper layers that learn; 0 is all.
        embeddings: whether token and position embeddings learn too.
        head_steps: first steps in which a new prediction head learns alone (Kumar et al. 2022); a checkpoint
            that brings its head needs none.
        rate, head_rate: largest learning rates of the encoder and of the prediction head.
        schedule: of both rates after the warm-up: ``linear`` or ``cosine`` to zero, or ``constant``.
        warm_up: share of the steps with a rising rate.
        weight_decay: of matrices (AdamW).
        dropout: within the layers that learn and after the embeddings.
        clip: largest norm of the gradient.
        power: of language sizes in sampling; 1 keeps natural sizes, 0 makes languages equal.
        held_out: share of the texts that perplexity is measured on.
        evaluate_every: steps between looks at the held-out texts.
        patience: looks without gain before stopping early.
        seed: of everything random.
    """

    texts: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    model: str = "embedded"
    max_tokens: int = 128
    precision: str = "float32"
    steps: int = 10_000
    batch_tokens: int = 4096
    mask: float = 0.15
    whole_words: bool = False
    layers: int = 0
    embeddings: bool = False
    head_steps: int = 300
    rate: float = 5e-5
    head_rate: float = 1e-3
    schedule: str = "linear"
    warm_up: float = 0.06
    weight_decay: float = 0.01
    dropout: float = 0.1
    clip: float = 1.0
    power: float = 0.5
    held_out: float = 0.02
    evaluate_every: int = 500
    patience: int = 4
    seed: int = 0


def read_recipe(path: Path) -> PretrainRecipe:
    """Read a TOML file whose keys are the attributes of :class:`PretrainRecipe`.

    Raises:
        ConfigError: ``recipe.unreadable``, ``recipe.key`` or ``recipe.value``.
    """
    data = read_toml(path, example="examples/learn/pretrain.toml")
    recipe = PretrainRecipe(**typed(PretrainRecipe, data, below=math.inf))
    _require_sense(recipe)
    return replace(
        recipe,
        texts=tuple(str(path.parent / name) for name in recipe.texts),
        exclude=tuple(str(path.parent / name) for name in recipe.exclude),
    )


def _require_sense(recipe: PretrainRecipe) -> None:
    allowed = {
        **{name: (getattr(recipe, name) < 1, "a share below 1") for name in _SHARES},
        **{name: (getattr(recipe, name) >= 1, "a number of at least 1") for name in _AT_LEAST_ONE},
        "precision": (recipe.precision in PRECISIONS, " or ".join(PRECISIONS)),
        "schedule": (recipe.schedule in SCHEDULES, " or ".join(SCHEDULES)),
        "texts": (bool(recipe.texts), '["records.jsonl"]'),
        "mask": (0 < recipe.mask < 1, "a share above 0 and below 1"),
        "max_tokens": (
            _FEWEST_TOKENS <= recipe.max_tokens <= recipe.batch_tokens,
            f"from {_FEWEST_TOKENS} to batch_tokens",
        ),
        "head_steps": (recipe.head_steps < recipe.steps, f"fewer than the {recipe.steps} steps"),
    }
    for name, (fine, what) in allowed.items():
        if not fine:
            raise wrong("recipe.value", f"{name} = {shorten(getattr(recipe, name))}", what)

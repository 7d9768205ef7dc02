"""A fine-tuning of a causal model as one TOML file."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from pathlib import Path

from tongli.core import shorten
from tongli.generation.verify import CHECKS
from tongli.learning.generate.ethics import LISTS
from tongli.learning.pretrain.recipe import SCHEDULES
from tongli.learning.recipe_file import read_toml, typed, wrong

OBJECTIVES = ("sft", "dpo")

_AT_LEAST_ONE = ("steps", "batch", "rank", "evaluate_every", "patience")
_SHARES = ("warm_up", "dropout", "held_out")
_FEWEST_TOKENS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class GenerateRecipe:
    """Everything that decides the weights, but the data and the code.

    Attributes:
        data: files of dialogues, or for ``dpo`` of preference pairs, relative to the recipe.
        licence: of lines that name none, an SPDX identifier.
        model: causal model to start from: ``embedded`` (SmolLM2), a GGUF file, a folder (one that this
            command wrote too: its adapter is then merged first), or ``hf:NAME``.
        objective: ``sft``, the replies of dialogues, or ``dpo``, the preferred one of two.
        beta: of DPO: how far the model may go from the one it started from; less lets it go further.
        unlikelihood: weight of the penalty on what the lists hold; 0 is off.
        lists: that the penalty takes words from: ``insults``, ``gender``.
        phrases: further ones, letter for letter.
        unverified: weight in the loss of a reply that fails the checks; 1 is off, 0 leaves it out.
        checks: that count for ``unverified``.
        max_tokens: of a dialogue; older turns are cut first, then the end of the reply.
        steps, batch: updates of the weights; dialogues or pairs each.
        rank, alpha, dropout: of LoRA, beside every matrix but the output.
        rate: largest learning rate.
        schedule: ``linear`` or ``cosine`` to zero after the warm-up, or ``constant``.
        warm_up: share of the steps with a rising rate.
        weight_decay: of the adapter (AdamW).
        clip: largest norm of the gradient.
        held_out: share of the prompts that are measured on.
        evaluate_every: steps between looks at them and checkpoints.
        patience: looks without gain before stopping early.
        merge: also write the whole model with the adapter merged into it.
        device: ``auto``, or a name that torch knows.
        seed: of everything random.
    """

    data: tuple[str, ...] = ()
    licence: str = "unknown"
    model: str = "embedded"
    objective: str = "sft"
    beta: float = 0.1
    unlikelihood: float = 0.0
    lists: tuple[str, ...] = LISTS
    phrases: tuple[str, ...] = ()
    unverified: float = 1.0
    checks: tuple[str, ...] = ("toxicity", "emotion")
    max_tokens: int = 256
    steps: int = 1000
    batch: int = 4
    rank: int = 8
    alpha: int = 16
    dropout: float = 0.05
    rate: float = 2e-4
    schedule: str = "linear"
    warm_up: float = 0.05
    weight_decay: float = 0.0
    clip: float = 1.0
    held_out: float = 0.05
    evaluate_every: int = 100
    patience: int = 4
    merge: bool = False
    device: str = "auto"
    seed: int = 0


def read_recipe(path: Path) -> GenerateRecipe:
    """Read a TOML file whose keys are the attributes of :class:`GenerateRecipe`.

    Raises:
        ConfigError: ``recipe.unreadable``, ``recipe.key`` or ``recipe.value``.
    """
    data = read_toml(path, example="examples/learn/generate.toml")
    recipe = GenerateRecipe(**typed(GenerateRecipe, data, below=math.inf))
    _require_sense(recipe)
    return replace(recipe, data=tuple(str(path.parent / name) for name in recipe.data))


def _require_sense(recipe: GenerateRecipe) -> None:
    allowed = {
        **{name: (getattr(recipe, name) < 1, "a share below 1") for name in _SHARES},
        **{name: (getattr(recipe, name) >= 1, "a number of at least 1") for name in _AT_LEAST_ONE},
        "data": (bool(recipe.data), '["dialogues.jsonl"]'),
        "objective": (recipe.objective in OBJECTIVES, " or ".join(OBJECTIVES)),
        "beta": (recipe.beta > 0, "a number above 0"),
        "lists": (set(recipe.lists) <= set(LISTS), ", ".join(LISTS)),
        "checks": (set(recipe.checks) <= set(CHECKS), ", ".join(CHECKS)),
        "unverified": (recipe.unverified <= 1, "a weight from 0 to 1"),
        "max_tokens": (recipe.max_tokens >= _FEWEST_TOKENS, f"a number of at least {_FEWEST_TOKENS}"),
        "schedule": (recipe.schedule in SCHEDULES, " or ".join(SCHEDULES)),
    }
    for name, (fine, what) in allowed.items():
        if not fine:
            raise wrong("recipe.value", f"{name} = {shorten(getattr(recipe, name))}", what)

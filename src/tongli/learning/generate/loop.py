"""The fine-tuning loop: resumable, and the same on one machine given recipe, data and number of threads."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from peft import PeftModel, get_peft_model_state_dict, set_peft_model_state_dict
from torch.optim import AdamW
from torch.optim.lr_scheduler import LambdaLR

from tongli.learning.generate.objective import Objective
from tongli.learning.generate.recipe import GenerateRecipe
from tongli.learning.occupying import occupying
from tongli.learning.pretrain.schedule import factor
from tongli.learning.train.checkpoint import BEST, LAST, descend, go_on, load, save

Tell = Callable[[str], None]
Log = Callable[[int, Mapping[str, float]], None]

_LOG_EVERY = 10


@dataclass(slots=True)
class Progress:
    """Where a run stands; ``looks`` are the figures on held-out prompts, each with its ``step``."""

    step: int = 0
    kept: int = 0
    best: float = math.inf
    since_best: int = 0
    looks: list[dict[str, float]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is learnt.

    Attributes:
        objective: over all rows.
        fit, held_out: rows to learn from, and to measure on.
        identity: of everything that decides the weights; a checkpoint of another is refused.
    """

    objective: Objective
    fit: Sequence[int]
    held_out: Sequence[int]
    identity: str


class Tuner:
    """One run in one folder; killed and started again, it goes on from the last checkpoint.

    Args:
        model: with a new adapter, trained in place.
        task: what it learns.
        recipe: of the run.
        folder: for checkpoints.
        tell: told what a person would like to know.
        log: given the step and named numbers to plot.
    """

    def __init__(
        self,
        model: PeftModel,
        *,
        task: Task,
        recipe: GenerateRecipe,
        folder: Path,
        tell: Tell,
        log: Log,
    ) -> None:
        self.model, self.task, self.recipe, self.folder = model, task, recipe, folder
        self._tell, self._log = tell, log
        self.progress = Progress()
        self._learning = [weight for weight in model.parameters() if weight.requires_grad]
        self._optimiser = AdamW(self._learning, lr=recipe.rate, weight_decay=recipe.weight_decay)
        self._schedule = LambdaLR(
            self._optimiser,
            lambda step: factor(step, steps=recipe.steps, warm_up=recipe.warm_up, schedule=recipe.schedule),
        )

    def run(self) -> PeftModel:
        """Train to the end or to the early stop; returns the model that was best on held-out prompts.

        Raises:
            ConfigError: ``train.busy`` while another process trains in the folder.
            ModelError: ``train.nan`` when the loss stops being a number, ``train.checkpoint``,
                ``train.recipe``.
            StorageError: ``train.unwritable``.
        """
        with occupying("train.busy", self.folder, what="training"):
            return self._run()

    def _run(self) -> PeftModel:
        self._resume()
        if not self.progress.looks and not self.progress.step:
            self._look()
        progress, recipe = self.progress, self.recipe
        while progress.step < recipe.steps and progress.since_best < recipe.patience:
            self._step()
            progress.step += 1
            if progress.step % recipe.evaluate_every == 0 or progress.step == recipe.steps:
                self._look()
        self._set(load(self.folder / BEST, device=self.model.device))
        return self.model.eval()

    def _rows(self) -> list[int]:
        """Those of a step: every row once an epoch, in an order of its own."""
        fit, size = np.asarray(self.task.fit), self.recipe.batch
        steps = math.ceil(len(fit) / size)
        epoch, place = divmod(self.progress.step, steps)
        order = np.random.default_rng([self.recipe.seed, epoch]).permutation(len(fit))
        return [int(row) for row in fit[order[place * size : (place + 1) * size]]]

    def _step(self) -> None:
        step = self.progress.step
        torch.manual_seed(self.recipe.seed * 1_000_003 + step)
        self.model.train()
        self._optimiser.zero_grad()
        loss, figures = self.task.objective.loss(self.model, self._rows())
        value = descend(
            loss,
            self._learning,
            step=step,
            clip=self.recipe.clip,
            optimiser=self._optimiser,
            schedule=self._schedule,
        )
        if step % _LOG_EVERY == 0:
            self._log(step, {"loss": value, **figures})
            self._tell(f"step {step:,} of {self.recipe.steps:,}: loss {value:.3f}")

    def _look(self) -> None:
        """Measure on held-out prompts, keep the best, save a checkpoint."""
        progress = self.progress
        if self.task.held_out:
            found = self.measure(self.task.held_out)
            progress.looks.append({"step": progress.step, **found})
            self._log(progress.step, {f"held_out/{name}": value for name, value in found.items()})
            told = ", ".join(f"{name} {value:.3f}" for name, value in found.items())
            self._tell(f"step {progress.step:,}: held out, {told}")
        loss = progress.looks[-1]["loss"] if progress.looks else math.inf
        if loss < progress.best or not progress.looks:  # without a measure, later is better
            progress.best, progress.since_best, progress.kept = loss, 0, progress.step
            save(self._adapter(), self.folder / BEST)
        else:
            progress.since_best += 1
        save(
            {
                "adapter": self._adapter(),
                "optimiser": self._optimiser.state_dict(),
                "schedule": self._schedule.state_dict(),
                "progress": asdict(progress),
                "identity": self.task.identity,
            },
            self.folder / LAST,
        )

    @torch.no_grad()
    def measure(self, rows: Sequence[int]) -> dict[str, float]:
        """Mean loss and figures over some rows, each batch by its size."""
        self.model.eval()
        total: Counter[str] = Counter()
        for start in range(0, len(rows), self.recipe.batch):
            batch = rows[start : start + self.recipe.batch]
            loss, figures = self.task.objective.loss(self.model, batch)
            for name, value in {"loss": float(loss), **figures}.items():
                total[name] += value * len(batch)  # type: ignore[assignment]
        return {name: value / len(rows) for name, value in total.items()}

    def _adapter(self) -> dict[str, Any]:
        found = get_peft_model_state_dict(self.model, save_embedding_layers=False)
        return {name: value.clone() for name, value in found.items()}

    def _set(self, adapter: Mapping[str, Any]) -> None:
        found: Any = set_peft_model_state_dict(self.model, dict(adapter))
        if found.unexpected_keys:
            raise ValueError(found.unexpected_keys[0])

    def _resume(self) -> None:
        identity, device = self.task.identity, self.model.device
        if go_on(self.folder, self._restore, identity=identity, device=device):
            self._tell(f"going on from step {self.progress.step:,}")

    def _restore(self, saved: Mapping[str, Any]) -> None:
        self._set(saved["adapter"])
        self._optimiser.load_state_dict(saved["optimiser"])
        self._schedule.load_state_dict(saved["schedule"])
        self.progress = Progress(**saved["progress"])

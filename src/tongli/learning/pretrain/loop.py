"""The pre-training loop: resumable, deterministic given the recipe, the data and the number of threads."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.optim import AdamW
from torch.optim.lr_scheduler import LambdaLR

from tongli.core import FloatArray
from tongli.learning.occupying import occupying
from tongli.learning.pretrain.masking import Masker
from tongli.learning.pretrain.network import MaskedLM
from tongli.learning.pretrain.perplexity import Perplexity, Ruler, tensors
from tongli.learning.pretrain.recipe import PretrainRecipe
from tongli.learning.pretrain.schedule import Rows, draw, rates
from tongli.learning.pretrain.windows import Windows
from tongli.learning.train.checkpoint import BEST, LAST, descend, go_on, load, save
from tongli.learning.train.groups import groups

Tell = Callable[[str], None]
Log = Callable[[int, Mapping[str, float]], None]

_LOG_EVERY = 20


@dataclass(slots=True)
class Progress:
    """Where a run stands; ``looks`` are the measurements so far."""

    step: int = 0
    draw: int = 0
    place: int = 0
    best: float = math.inf
    since_best: int = 0
    looks: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is learnt and how it is measured.

    Attributes:
        windows: of the corpus.
        rows: windows to learn from.
        weights: of each row in sampling, ``(rows,)``.
        masker: how tokens are hidden.
        ruler: measures perplexity; ``None`` when nothing is held out.
        head_steps: first steps in which the head learns alone.
        identity: of everything that decides the weights; a checkpoint of another is refused.
    """

    windows: Windows
    rows: Rows
    weights: FloatArray
    masker: Masker
    ruler: Ruler | None
    head_steps: int
    identity: str


class Pretrainer:
    """One run in one folder; killed and started again, it goes on from the last checkpoint.

    Args:
        network: to train, in place.
        task: what it learns.
        recipe: of the run.
        folder: for checkpoints.
        tell: told what a person would like to know.
        log: given the step and named numbers to plot.
    """

    def __init__(
        self,
        network: MaskedLM,
        *,
        task: Task,
        recipe: PretrainRecipe,
        folder: Path,
        tell: Tell,
        log: Log,
    ) -> None:
        self.network, self.task, self.recipe, self.folder = network, task, recipe, folder
        self._tell, self._log = tell, log
        self.progress = Progress()
        self._optimiser = AdamW(
            groups(
                (
                    (network.encoder_parameters(), recipe.rate),
                    (network.head_parameters(), recipe.head_rate),
                ),
                weight_decay=recipe.weight_decay,
            ),
            fused=True,
        )
        self._schedule = LambdaLR(self._optimiser, rates(recipe, head_steps=task.head_steps))

    def run(self) -> MaskedLM:
        """Train to the end or to the early stop; returns the network that was best on held-out texts.

        Raises:
            ConfigError: ``train.busy`` while another process trains in the folder.
            ModelError: ``train.nan`` when the loss stops being a number, ``train.checkpoint``,
                ``train.recipe``.
            StorageError: ``train.unwritable``.
        """
        with occupying("train.busy", self.folder, what="training"):
            return self._run()

    def _run(self) -> MaskedLM:
        self._resume()
        if not self.progress.looks:
            self._look()
        torch.set_flush_denormal(True)  # vanishing moments of idle units would slow every step down
        try:
            while not self._done():
                self._draw()
        finally:
            torch.set_flush_denormal(False)
        best = self.folder / BEST
        if best.is_file():
            self.network.load_state_dict(load(best))
        return self.network.eval()

    def looks(self) -> list[Perplexity]:
        """Every measurement so far; the first is of the untrained network."""
        return [Perplexity(**look) for look in self.progress.looks]

    def _done(self) -> bool:
        progress, recipe = self.progress, self.recipe
        return progress.step >= recipe.steps or progress.since_best >= recipe.patience

    def _draw(self) -> None:
        progress, task = self.progress, self.task
        batches = draw(
            task.rows,
            task.weights,
            lengths=task.windows.lengths,
            tokens=self.recipe.batch_tokens,
            generator=np.random.default_rng([self.recipe.seed, progress.draw]),
        )
        for batch in batches[progress.place :]:
            self._step(batch)
            progress.step += 1
            progress.place += 1
            if self._due():
                self._look()
            if self._done():
                return
        progress.draw += 1
        progress.place = 0

    def _due(self) -> bool:
        step, recipe = self.progress.step, self.recipe
        return step % recipe.evaluate_every == 0 or step in {self.task.head_steps, recipe.steps}

    def _step(self, rows: Rows) -> None:
        step = self.progress.step
        torch.manual_seed(self.recipe.seed * 1_000_003 + step)
        self.network.train()
        self.network.learn(encoder=step >= self.task.head_steps)
        self._optimiser.zero_grad()
        value = descend(
            self._loss(rows),
            self.network.parameters(),
            step=step,
            clip=self.recipe.clip,
            optimiser=self._optimiser,
            schedule=self._schedule,
        )
        if step % _LOG_EVERY == 0:
            self._log(step, {"loss": value})
            self._tell(f"step {step:,} of {self.recipe.steps:,}: loss {value:.3f}")

    def _loss(self, rows: Rows) -> Tensor:
        generator = np.random.default_rng([self.recipe.seed, self.progress.step, 1])
        batch = self.task.masker.batch(self.task.windows, rows.tolist(), generator=generator)
        with torch.autocast("cpu", torch.bfloat16, enabled=self.recipe.precision == "bfloat16"):
            logits = self.network(*tensors(batch))
        return torch.nn.functional.cross_entropy(logits.float(), torch.from_numpy(batch.targets))

    def _look(self) -> None:
        """Measure on held-out texts, keep the best, save a checkpoint."""
        progress = self.progress
        if self.task.ruler is None:
            save(self.network.state_dict(), self.folder / BEST)  # without a measure, later is better
        else:
            found = self.task.ruler.measure(self.network, step=progress.step)
            progress.looks.append(found.to_dict())
            self._report(found)
            if found.overall < progress.best:
                progress.best, progress.since_best = found.overall, 0
                save(self.network.state_dict(), self.folder / BEST)
            elif progress.step > self.task.head_steps:
                progress.since_best += 1
        self._checkpoint()

    def _report(self, found: Perplexity) -> None:
        by_language = {f"perplexity/{lang}": value for lang, value in found.by_language.items()}
        self._log(found.step, {"perplexity": found.overall, **by_language})
        self._tell(f"step {found.step:,}: held-out perplexity {found.overall:,.2f}")

    def _checkpoint(self) -> None:
        # Written after place was raised for the batch just done, so no batch is learnt twice.
        save(
            {
                "network": self.network.state_dict(),
                "optimiser": self._optimiser.state_dict(),
                "schedule": self._schedule.state_dict(),
                "progress": asdict(self.progress),
                "identity": self.task.identity,
            },
            self.folder / LAST,
        )

    def _resume(self) -> None:
        if go_on(self.folder, self._restore, identity=self.task.identity):
            self._tell(f"going on from step {self.progress.step:,}")

    def _restore(self, saved: Mapping[str, Any]) -> None:
        self.network.load_state_dict(saved["network"])
        self._optimiser.load_state_dict(saved["optimiser"])
        self._schedule.load_state_dict(saved["schedule"])
        self.progress = Progress(**saved["progress"])


def sampling(langs: Sequence[str], *, power: float) -> FloatArray:
    """Weight of each window, such that a language of n windows weighs ``n ** power`` in all.

    Temperature-scaled sampling (Conneau et al. 2020, XLM-R).
    """
    counts = Counter(langs)
    return np.array([counts[lang] ** (power - 1) for lang in langs], np.float32)

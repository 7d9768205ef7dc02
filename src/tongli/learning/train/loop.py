"""The training loop: resumable, deterministic given the recipe, the data and the number of threads."""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.optim import AdamW
from torch.optim.lr_scheduler import LambdaLR

from tongli.core import FloatArray
from tongli.knowledge.schemes import Scheme
from tongli.learning.adapt.adaptation import Adaptation
from tongli.learning.calibrate import best_thresholds
from tongli.learning.metrics import Mask, f1, pearson
from tongli.learning.occupying import occupying
from tongli.learning.states import States
from tongli.learning.train.adversarial import choose_attack
from tongli.learning.train.batch import Inputs, choose_device, read_goals, read_inputs
from tongli.learning.train.checkpoint import BEST, LAST, go_on, load, other_run, require_finite, save
from tongli.learning.train.groups import groups
from tongli.learning.train.network import Upper
from tongli.learning.train.objective import Loss, batch_loss
from tongli.learning.train.parallel import ALONE, Parallel
from tongli.learning.train.pool import Pool, buckets, epoch, weights
from tongli.learning.train.recipe import Recipe
from tongli.learning.train.resident import resident

Rows = NDArray[np.intp]
Tell = Callable[[str], None]
Log = Callable[[int, Mapping[str, float]], None]
Penalty = Callable[[Upper], Tensor]

FEWEST = 20
"""Held-out texts that a head needs for its figure to mean anything."""

_EPOCH = 50_000
"""Texts drawn at once; the order within a draw depends on the seed and the number of the draw alone."""


@dataclass(slots=True)
class Progress:
    """Where a run stands."""

    step: int = 0
    draw: int = 0
    place: int = 0
    best: float = -math.inf
    since_best: int = 0


class Trainer:
    """One run in one folder; killed and started again, it goes on from the last checkpoint.

    Args:
        network: to train, in place; it moves to the device of the recipe.
        pool, states: examples, and the stored states of its items in the same order.
        recipe: of the run.
        folder: for checkpoints.
        tell: told what a person would like to know.
        log: given the step and named numbers to plot.
        penalty: added to the loss of every step, a scalar of the network's current weights, on their device.
        sampling: weights of the rows of ``pool.fit`` in drawing; ``None`` takes those of the recipe.
        parallel: this process among those that train together; only the first writes, tells and logs.

    Raises:
        ConfigError: ``train.device``.
    """

    def __init__(
        self,
        network: Upper,
        *,
        pool: Pool,
        states: States,
        recipe: Recipe,
        folder: Path,
        tell: Tell,
        log: Log,
        penalty: Penalty | None = None,
        sampling: FloatArray | None = None,
        parallel: Parallel = ALONE,
    ) -> None:
        self.network, self.pool, self.states, self.recipe = network, pool, states, recipe
        self.folder, self._tell, self._log = folder, tell, log
        self._parallel = parallel
        if not parallel.first:
            self._tell, self._log = (lambda _: None), (lambda _step, _found: None)
        self._device = choose_device(recipe.device, processes=parallel.size)
        self._attack = choose_attack(recipe)
        self._penalties, self._after_step = _hooks(recipe.adaptation, penalty)
        self.averaged = copy.deepcopy(network.to(self._device)).eval()
        self.progress = Progress()
        self._steps = recipe.steps
        self._texts = pool.digest()
        self._lengths = np.diff(states.starts)
        self._sampling = sampling_weights(pool, recipe=recipe) if sampling is None else sampling
        self._optimiser = AdamW(_groups(network, recipe), fused=True)
        self._schedule = LambdaLR(
            self._optimiser,
            lambda step: _rate(step, steps=self._steps, warm_up=recipe.warm_up),
        )

    def run(self) -> Upper:
        """Train to the end or to the early stop; returns the best averaged network, on the CPU.

        Raises:
            ConfigError: ``train.busy`` while another process trains in the folder.
            ModelError: ``train.nan`` when the loss stops being a number, ``train.checkpoint``,
                ``train.recipe``.
            StorageError: ``train.unwritable``.
        """
        busy = occupying("train.busy", self.folder, what="training")
        with busy if self._parallel.first else nullcontext():
            return self._run()

    def _run(self) -> Upper:
        self._resume()
        self.states = resident(self.states, copies=self._parallel.size, tell=self._tell)
        torch.set_flush_denormal(True)  # vanishing moments of idle units would slow every step down
        try:
            while self.progress.step < self._steps and self.progress.since_best < self.recipe.patience:
                self._draw()
        finally:
            torch.set_flush_denormal(False)
        self._parallel.wait()  # the first may still be writing
        if math.isfinite(self.progress.best):  # after a look, it is there, or the run was tampered with
            self.averaged.load_state_dict(load(self.folder / BEST))
        return self.averaged.cpu()

    def _draw(self) -> None:
        recipe, progress = self.recipe, self.progress
        generator = np.random.default_rng([recipe.seed, progress.draw])
        rows = epoch(self.pool.fit, self._sampling, size=_EPOCH, generator=generator)
        batches = list(buckets(rows, self._lengths, batch=recipe.batch, generator=generator))
        for batch in batches[progress.place :]:
            self._step(batch)
            progress.step += 1
            progress.place += 1
            if progress.step % recipe.evaluate_every == 0 or progress.step == self._steps:
                self._look()
            if progress.step >= self._steps or progress.since_best >= recipe.patience:
                return
        progress.draw += 1
        progress.place = 0

    def _step(self, batch: Rows) -> None:
        self.network.train()
        self._optimiser.zero_grad()
        found = self._gradient(self._parallel.share(batch), of=len(batch))
        value = self._parallel.total(found.total, _learning(self.network))
        require_finite(value, step=self.progress.step)
        torch.nn.utils.clip_grad_norm_(_learning(self.network), self.recipe.clip)
        self._optimiser.step()
        self._schedule.step()
        self._average()
        self._after_step(self.network, self.progress.step + 1)
        if self.progress.step % 50 == 0:
            parts = {name: float(part) for name, part in found.parts.items()}
            self._log(self.progress.step, {"loss": value, **parts})
            self._tell(f"step {self.progress.step:,} of {self._steps:,}: loss {value:.3f}")

    def _gradient(self, rows: Rows, *, of: int) -> Loss:
        """Adds this process's part of the gradients to the parameters; returns its part of the loss."""
        if not len(rows):
            return Loss(torch.zeros(()), {})
        seed = self.recipe.seed * 1_000_003 + self.progress.step + (self._parallel.rank << 40)
        inputs = read_inputs(self.states, rows, device=self._device)
        goals = read_goals(self.pool, rows, heads=self.recipe.heads, device=self._device)
        loss = partial(batch_loss, self.network, goals=goals, recipe=self.recipe, of=of)

        def loss_of(states: Tensor) -> Loss:
            torch.manual_seed(seed)
            return loss(Inputs(states, inputs.mask, inputs.lower))

        found = self._attack(loss_of, inputs, random=torch.Generator().manual_seed(~seed))
        if not self._penalties:
            return found
        penalty = sum((penalty(self.network) for penalty in self._penalties), start=torch.zeros(()))
        share = penalty * len(rows) / of  # the processes' shares add up to one
        if share.requires_grad:
            share.backward()  # type: ignore[no-untyped-call]
        total = found.total.detach() + share.detach()
        return Loss(total, {**found.parts, "loss/penalty": penalty.detach()})

    def _average(self) -> None:
        # Early on, the average follows more closely: it should not remember the start.
        decay = min(self.recipe.average, (1 + self.progress.step) / (10 + self.progress.step))
        with torch.no_grad():
            pairs = zip(self.averaged.parameters(), self.network.parameters(), strict=True)
            for averaged, current in pairs:
                if current.requires_grad:
                    averaged.lerp_(current, 1 - decay)

    def _look(self) -> None:
        """Measure on held-out texts, keep the best, save a checkpoint."""
        found = self._held_out() if self._parallel.first else {}
        score = self._parallel.agree(self._weighted(found))
        self._log(self.progress.step, {f"held-out/{head}": value for head, value in found.items()})
        told = (f"{head} {value:.3f}" for head, value in found.items())
        score_told = " ".join((f"{score:.4f}", *told)) if found else f"too few texts (under {FEWEST} a head)"
        self._tell(f"step {self.progress.step:,}: held-out {score_told}")
        if score > self.progress.best:
            self.progress.best, self.progress.since_best = score, 0
            self._keep(self.averaged.state_dict(), BEST)
        else:
            self.progress.since_best += 1
        self._checkpoint()

    def _held_out(self) -> dict[str, float]:
        rows = {head: self.pool.rows_of(head, among=self.pool.held_out) for head in self.recipe.heads}
        heads = tuple(head for head in rows if len(rows[head]) >= FEWEST)
        if not heads:
            return {}
        every = np.unique(np.concatenate([rows[head] for head in heads]))  # heads share texts
        with torch.autocast(self._device.type, torch.bfloat16, enabled=self.recipe.precision == "bfloat16"):
            logits = predict(self.averaged, heads=heads, states=self.states, rows=every)
        return {
            head: held_out_score(
                logits[head][np.searchsorted(every, rows[head])],
                self.pool.targets(head, rows[head]),
                scheme=self.recipe.scheme(head),
            )
            for head in heads
        }

    def _weighted(self, found: Mapping[str, float]) -> float:
        """The mean over heads, weighted like their losses; without held-out texts, later is better."""
        importance = {head: self.recipe.heads[head].loss for head in found}
        if not sum(importance.values()):
            return float(self.progress.step)
        return sum(found[head] * weight for head, weight in importance.items()) / sum(importance.values())

    def _checkpoint(self) -> None:
        # Written after place was raised for the batch just done, so no batch is learnt twice.
        self._keep(
            {
                "network": self.network.state_dict(),
                "averaged": self.averaged.state_dict(),
                "optimiser": self._optimiser.state_dict(),
                "schedule": self._schedule.state_dict(),
                "progress": asdict(self.progress),
                "identity": repr(self.recipe),
                "texts": self._texts,
            },
            LAST,
        )

    def _keep(self, value: Any, name: str) -> None:
        if self._parallel.first:
            save(value, self.folder / name)

    def _resume(self) -> None:
        if go_on(self.folder, self._restore, identity=repr(self.recipe)):
            self._tell(f"going on from step {self.progress.step:,} of {self._steps:,}")

    def _restore(self, saved: Mapping[str, Any]) -> None:
        if saved.get("texts", self._texts) != self._texts:  # checkpoints of older versions have none
            raise other_run(self.folder)
        self.network.load_state_dict(saved["network"])
        self.averaged.load_state_dict(saved["averaged"])
        self._optimiser.load_state_dict(saved["optimiser"])
        self._schedule.load_state_dict(saved["schedule"])
        self.progress = Progress(**saved["progress"])


def sampling_weights(pool: Pool, *, recipe: Recipe) -> FloatArray:
    """How often each row of ``pool.fit`` is drawn, as the recipe says."""
    return weights(pool, power=recipe.power, share={name: head.share for name, head in recipe.heads.items()})


@torch.no_grad()
def predict(
    network: Upper, *, heads: tuple[str, ...], states: States, rows: Rows, batch: int = 64
) -> dict[str, FloatArray]:
    """Logits of each head, ``(rows, labels)``, in the order of ``rows``."""
    network.eval()
    labels = {name: network.get_parameter(f"heads.{name}.down.bias").numel() for name in heads}
    found = {name: np.empty((len(rows), labels[name]), np.float32) for name in heads}
    order = np.argsort(np.diff(states.starts)[rows], kind="stable")
    for start in range(0, len(rows), batch):
        places = order[start : start + batch]
        features = network.features(*read_inputs(states, rows[places], device=network.mean.device))
        for name in heads:
            found[name][places] = network.heads[name](features).float().cpu().numpy()
    return found


def held_out_score(logits: FloatArray, goals: FloatArray, *, scheme: Scheme) -> float:
    """One number a head for early stopping: macro-F1 at the best thresholds, accuracy, or Pearson's r."""
    if scheme.kind in {"ordinal", "regression"}:
        return float(np.mean([pearson(*pair) for pair in zip(logits.T, goals.T, strict=True)]))
    if scheme.kind == "multiclass":
        return float((logits.argmax(1) == goals.argmax(1)).mean())
    if scheme.kind == "binary":
        return float(((logits[:, 0] > 0) == (goals[:, 0] > 0.5)).mean())
    decided = best_decisions(logits, goals)
    return float(np.mean([f1(decided[:, i], goals[:, i]) for i in range(goals.shape[1])]))


def best_decisions(logits: FloatArray, goals: FloatArray) -> Mask:
    """What is decided by the thresholds that fit best, ``(rows, labels)``."""
    values = np.asarray(1 / (1 + np.exp(-np.maximum(logits, -80))), np.float32)  # no overflow
    return np.asarray(values >= best_thresholds(values, goals), bool)


def _learning(module: nn.Module) -> list[nn.Parameter]:
    """The parameters that are not frozen."""
    return [item for item in module.parameters() if item.requires_grad]


def _hooks(
    adaptation: Adaptation, penalty: Penalty | None
) -> tuple[list[Penalty], Callable[[Upper, int], None]]:
    """What is added to the loss, and what is done after every step."""
    penalties = [] if penalty is None else [penalty]
    if adaptation.method != "adalora":
        return penalties, lambda _network, _step: None
    from tongli.learning.adapt.ranks import after_step, orthogonality  # it imports peft, which takes long

    return [*penalties, orthogonality], after_step


def _groups(network: Upper, recipe: Recipe) -> list[dict[str, Any]]:
    """Lower layers learn more slowly than upper ones."""
    rated = [
        (layer, recipe.rate * recipe.layer_decay ** (len(network.layers) - 1 - index))
        for index, layer in enumerate(network.layers)
    ]
    rated += [(network.heads, recipe.head_rate)]
    return groups(((_learning(module), rate) for module, rate in rated), weight_decay=recipe.weight_decay)


def _rate(step: int, *, steps: int, warm_up: float) -> float:
    rising = max(1, round(steps * warm_up))
    return (step + 1) / rising if step < rising else max(0.0, (steps - step) / max(1, steps - rising))

"""One trial: a training run that reports every look at the held-out texts, and may be stopped there."""

from __future__ import annotations

import hashlib
import math
import shutil
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from optuna import TrialPruned
from optuna.trial import Trial

from tongli.core import ModelError
from tongli.learning.continual.refitted import Refitting
from tongli.learning.search.space import Space
from tongli.learning.train.loop import FEWEST, Trainer, predict
from tongli.learning.train.network import Upper
from tongli.learning.train.recipe import HeadRecipe, Recipe
from tongli.learning.train.run import Prepared
from tongli.learning.train.tracking import Log, tracking

_LOOK = "held-out/"

Learnable = Prepared | Refitting
"""What trials learn from: a network that starts anew, or heads that learn on."""

Step = Callable[[int, int], None]
"""Told steps done and steps of the whole trial."""


class OutOfTimeError(Exception):
    """The time of the search is over in the middle of a trial, which a later search goes on with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What all trials share.

    Attributes:
        space: of the search.
        prepared: data and stored states.
        folder: of the search.
        step: told how far a trial is.
        deadline: of the monotonic clock, in seconds; infinite without a limit.
    """

    space: Space
    prepared: Learnable
    folder: Path
    step: Step
    deadline: float = math.inf


class Watch:
    """What the trainer logs to: passes numbers on, reports looks to the study, and stops the trial.

    The score of a look weighs heads as the losses of the recipe that is searched, not of the trial: one that
    cares more about an easy head is no better for it.

    Args:
        trial: of the study, maybe one that goes on.
        recipe: of the trial.
        bench: of the search.
        log: of the trial's numbers.
    """

    def __init__(self, trial: Trial, *, recipe: Recipe, bench: Bench, log: Log) -> None:
        self._trial, self._recipe, self._bench, self._log = trial, recipe, bench, log
        frozen = trial.study.get_trials(deepcopy=False)[trial.number]
        self._reported = dict(frozen.intermediate_values)

    @property
    def best(self) -> float:
        """The best score of all looks; -inf without any."""
        scores = [score for score in self._reported.values() if not math.isnan(score)]
        return max(scores, default=-math.inf)

    def __call__(self, step: int, found: Mapping[str, float]) -> None:
        """The trainer's log."""
        self._log(step, found)
        self._bench.step(step, self._recipe.steps)
        scores = {name.removeprefix(_LOOK): value for name, value in found.items() if name.startswith(_LOOK)}
        if scores:
            self._look(math.ceil(step / self._recipe.evaluate_every), scores)

    def _look(self, number: int, scores: Mapping[str, float]) -> None:
        if number not in self._reported:
            self._reported[number] = weighted(scores, heads=self._bench.space.recipe.heads)
            self._trial.report(self._reported[number], number)
        if self._trial.should_prune():
            raise TrialPruned
        if time.monotonic() > self._bench.deadline:
            raise OutOfTimeError


def run_trial(trial: Trial, *, bench: Bench) -> float:
    """Train as the trial says; returns the best held-out score.

    Checkpoints are kept until the trial is judged, in a folder named by its recipe: a killed one goes on.

    Raises:
        TrialPruned: it falls behind the others, or its loss is not a number.
        OutOfTimeError: the deadline of the search has passed.
    """
    recipe = bench.space.trial_of(trial.params)
    run = bench.folder / "run" / hashlib.sha256(repr(recipe).encode()).hexdigest()[:16]
    try:
        score = _train(trial, recipe=recipe, bench=bench, run=run)
    except TrialPruned:
        shutil.rmtree(run, ignore_errors=True)
        raise
    shutil.rmtree(run, ignore_errors=True)
    return score


def weighted(scores: Mapping[str, float], *, heads: Mapping[str, HeadRecipe]) -> float:
    """The mean of the heads' scores, weighted like their losses."""
    total = sum(heads[name].loss for name in scores)
    return sum(score * heads[name].loss for name, score in scores.items()) / total


def _train(trial: Trial, *, recipe: Recipe, bench: Bench, run: Path) -> float:
    prepared = bench.prepared
    with tracking(bench.folder / "log" / f"trial-{trial.number:04}", recipe=recipe) as log:
        watch = Watch(trial, recipe=recipe, bench=bench, log=log)
        trainer = Trainer(
            prepared.anew(recipe),
            pool=prepared.pool,
            states=prepared.states,
            recipe=recipe,
            folder=run,
            tell=lambda _: None,
            log=watch,
            penalty=prepared.penalty(recipe),
        )
        try:
            network = trainer.run()
        except ModelError as broken:
            if broken.code != "train.nan":
                raise
            trial.set_user_attr("diverged", value=True)
            raise TrialPruned from broken
    if not math.isfinite(watch.best):
        raise TrialPruned
    _keep(network, bench=bench, number=trial.number)
    return watch.best


def saved_logits(folder: Path, number: int) -> Path:
    """File with what a finished trial said of the held-out texts, an array a head."""
    return folder / "said" / f"trial-{number:04}.npz"


def _keep(network: Upper, *, bench: Bench, number: int) -> None:
    pool = bench.prepared.pool
    rows = {head: pool.rows_of(head, among=pool.held_out) for head in bench.space.recipe.heads}
    found = {
        head: predict(network, heads=(head,), states=bench.prepared.states, rows=own)[head]
        for head, own in rows.items()
        if len(own) >= FEWEST
    }
    path = saved_logits(bench.folder, number)
    path.parent.mkdir(exist_ok=True)
    with path.with_suffix(".part").open("wb") as file:
        np.savez_compressed(file, **found)  # type: ignore[arg-type]
    path.with_suffix(".part").replace(path)

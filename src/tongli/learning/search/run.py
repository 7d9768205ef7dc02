"""``tongli learn search``: trials until the budget is used, and what they found, written after each."""

from __future__ import annotations

import hashlib
import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from optuna import TrialPruned
from optuna.study import Study
from optuna.trial import TrialState

from tongli.core import InputError
from tongli.learning.search.gain import gain_of
from tongli.learning.search.outcome import Outcome, Tried, collect
from tongli.learning.search.space import Space
from tongli.learning.search.study import JUDGED, ask, open_study
from tongli.learning.search.trial import Bench, Learnable, OutOfTimeError, Step, run_trial
from tongli.learning.search.write import write_outcome
from tongli.learning.train.loop import FEWEST
from tongli.learning.train.resident import resident

TRIALS = 30
"""Without a budget."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """When a search ends: whichever comes first; without either, after :data:`TRIALS` trials.

    Attributes:
        trials: judged in all, those of earlier searches in the same folder included.
        minutes: of this search; the trial that is running then goes on with the next one.
    """

    trials: int | None = None
    minutes: float | None = None

    @property
    def most(self) -> float:
        """Trials in all."""
        if self.trials is not None:
            return self.trials
        return TRIALS if self.minutes is None else math.inf


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """Who is told.

    Attributes:
        step: steps done and steps of the running trial.
        tried: after a trial, with what has been found and how many trials were judged.
    """

    step: Step = lambda _done, _total: None
    tried: Callable[[Tried, Outcome, int], None] = lambda _tried, _outcome, _judged: None


def search(space: Space, *, prepared: Learnable, folder: Path, budget: Budget, listener: Listener) -> Outcome:
    """Search; a folder where a search was stopped or killed goes on.

    The development sets take no part: trials are judged on the held-out share of the training texts.

    Args:
        space: of the search.
        prepared: of the recipe of a trial.
        folder: for the study, ``best.toml``, ``study.json`` and ``study.html``.
        budget: when to end.
        listener: told of every step and trial.

    Raises:
        InputError: ``search.held-out`` when no head has enough held-out texts.
        ConfigError, StorageError: those of :func:`open_study` and :func:`write_outcome`.
    """
    _require_held_out(prepared, space=space)
    deadline = math.inf if budget.minutes is None else time.monotonic() + 60 * budget.minutes
    # Once for all trials; a trainer takes what is in memory as it is.
    prepared = replace(prepared, states=resident(prepared.states, copies=1, tell=lambda _: None))
    bench = Bench(space=space, prepared=prepared, folder=folder, step=listener.step, deadline=deadline)
    with open_study(space, folder=folder, texts=_digest(prepared)) as study:
        if not study.trials and space.start:
            study.enqueue_trial(space.start)
        while _judged(study) < budget.most and time.monotonic() < deadline:
            number = _next(study, bench=bench)
            outcome = _outcome(study, bench=bench)
            write_outcome(outcome, folder)
            tried = next(trial for trial in outcome.trials if trial.number == number)
            listener.tried(tried, outcome, _judged(study))
        return _outcome(study, bench=bench)


def _outcome(study: Study, *, bench: Bench) -> Outcome:
    found = collect(study, space=bench.space)
    return replace(found, gain=gain_of(found, bench=bench))


def _next(study: Study, *, bench: Bench) -> int:
    trial = ask(study, bench.space)
    try:
        score = run_trial(trial, bench=bench)
    except TrialPruned:
        study.tell(trial, state=TrialState.PRUNED)
    except OutOfTimeError:
        pass  # it stays marked as running: the next search puts it back
    else:
        study.tell(trial, score)
    return trial.number


def _judged(study: Study) -> int:
    return len(study.get_trials(deepcopy=False, states=JUDGED))


def _require_held_out(prepared: Learnable, *, space: Space) -> None:
    pool = prepared.pool
    counts = {head: len(pool.rows_of(head, among=pool.held_out)) for head in space.recipe.heads}
    judging = [
        head for head, count in counts.items() if count >= FEWEST and space.recipe.heads[head].loss > 0
    ]
    if not judging:
        raise InputError(
            "search.held-out",
            received=", ".join(f"{count} held-out texts of {head}" for head, count in counts.items()),
            allowed=f"at least {FEWEST} of one head whose loss weighs more than 0",
            fix="Raise held_out in the recipe, or add records.",
        )


def _digest(prepared: Learnable) -> str:
    told = "\0".join(item.text for item in prepared.pool.items)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]

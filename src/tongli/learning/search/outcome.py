"""What a search has found so far."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

import optuna
from optuna.study import Study
from optuna.trial import FrozenTrial, TrialState

from tongli import __version__
from tongli.learning.evaluate.resample import Estimate
from tongli.learning.search.space import Space, Value

FORMAT = 1
"""Of ``study.json``; raised when a reader would have to change."""

_FEWEST = 4
"""Finished trials before importances are computed."""

State = Literal["finished", "pruned", "diverged", "unfinished", "given up"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One trial.

    Attributes:
        number: in the order of their start.
        state: ``finished``; ``pruned`` as it fell behind; ``diverged``: its loss stopped being a number;
            ``unfinished``: goes on with the next search; ``given up``: killed too often.
        score: the best held-out score, about 0..1; of a pruned one, until then. None without any.
        values: key → value.
        looks: score by look.
        seconds: it took, since it was last taken up.
        base: whether it has the recipe's own values.
    """

    number: int
    state: State
    score: float | None
    values: Mapping[str, Value]
    looks: Mapping[int, float]
    seconds: float
    base: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """All trials, and what they tell.

    Attributes:
        space: of the search.
        trials: by number.
        importances: key → share of the variance of the scores that it explains, 0..1; empty when too few
            trials have finished.
        gain: the score of the best minus that of the recipe, with a 95 % interval; ``None`` where there is
            nothing to compare.
    """

    space: Space
    trials: tuple[Tried, ...]
    importances: Mapping[str, float]
    gain: Estimate | None = None

    @property
    def ranked(self) -> list[Tried]:
        """Finished trials, best first."""
        finished = [trial for trial in self.trials if trial.state == "finished"]
        return sorted(finished, key=lambda trial: -(trial.score or 0.0))

    @property
    def told(self) -> str:
        """How the best compares with the recipe, in a sentence; empty where there is nothing to compare."""
        best, gain = self.best, self.gain
        if best is None:
            return ""
        if gain is None:
            return "No trial is better than the recipe." if best.base else ""
        sure = "" if gain.low > 0 else ": no sure gain"
        return (
            f"Trial {best.number} is {gain.value:+.4f} over the recipe "
            f"(95 % interval {gain.low:+.4f} to {gain.high:+.4f}{sure})."
        )

    @property
    def best(self) -> Tried | None:
        """The best of the finished trials, if any."""
        return next(iter(self.ranked), None)

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        space = self.space
        return {
            "format": FORMAT,
            "version": __version__,
            "search": {key: asdict(value) for key, value in space.ranges.items()},
            "trial": dict(space.trial),
            "pruner": space.pruner,
            "seed": space.seed,
            "best": None if self.best is None else self.best.number,
            "gain": None if self.gain is None else asdict(self.gain),
            "importances": {key: round(value, 4) for key, value in self.importances.items()},
            "trials": [_plain(trial) for trial in self.trials],
        }


def collect(study: Study, *, space: Space) -> Outcome:
    """The outcome of a study; a trial that was put back counts once."""
    found = [trial for trial in study.get_trials(deepcopy=False) if trial.state != TrialState.WAITING]
    again = {trial.user_attrs.get("retry_of") for trial in study.get_trials(deepcopy=False)}
    kept = [_tried(trial, space=space) for trial in found if trial.number not in again]
    return Outcome(space=space, trials=tuple(kept), importances=_importances(study))


def _tried(trial: FrozenTrial, *, space: Space) -> Tried:
    looks = {look: score for look, score in sorted(trial.intermediate_values.items()) if math.isfinite(score)}
    return Tried(
        number=trial.number,
        state=_state(trial),
        score=max(looks.values(), default=None),
        values=dict(trial.params),
        looks=looks,
        seconds=round(trial.duration.total_seconds(), 1) if trial.duration else 0.0,
        base=trial.params == space.start,
    )


def _state(trial: FrozenTrial) -> State:
    if trial.user_attrs.get("diverged"):
        return "diverged"
    if trial.state == TrialState.COMPLETE:
        return "finished"
    if trial.state == TrialState.PRUNED:
        return "pruned"
    return "unfinished" if trial.state == TrialState.RUNNING else "given up"


def _importances(study: Study) -> dict[str, float]:
    finished = study.get_trials(deepcopy=False, states=(TrialState.COMPLETE,))
    if len(finished) < _FEWEST or len({trial.value for trial in finished}) == 1:
        return {}
    return optuna.importance.get_param_importances(study)


def _plain(trial: Tried) -> dict[str, Any]:
    return {**asdict(trial), "looks": {str(look): round(score, 4) for look, score in trial.looks.items()}}

"""The study on disk: what was tried, and what to try next."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import optuna
from optuna.distributions import (
    BaseDistribution,
    CategoricalDistribution,
    FloatDistribution,
    IntDistribution,
)
from optuna.exceptions import OptunaError
from optuna.pruners import BasePruner, HyperbandPruner, MedianPruner, NopPruner
from optuna.samplers import TPESampler
from optuna.storages import RDBStorage
from optuna.study import Study
from optuna.trial import FrozenTrial, Trial, TrialState
from sqlalchemy import URL
from sqlalchemy.exc import SQLAlchemyError

from tongli.core import ConfigError, StorageError
from tongli.learning.occupying import occupying
from tongli.learning.search.space import Choice, Space, Span

JUDGED = (TrialState.COMPLETE, TrialState.PRUNED)

_NAME = "search"
_PRUNE_AFTER = 4
"""Finished trials before the first one is pruned: a median of fewer says little."""

_STUCK = 2
"""How often a trial may die without a new look before it is given up; too large a batch, perhaps."""


@contextmanager
def open_study(space: Space, *, folder: Path, texts: str) -> Iterator[Study]:
    """The study in a folder, begun when there is none; for one process at a time.

    Trials that a killed process left are put back, with what they had reached.

    Args:
        space: of the search.
        folder: holds ``study.db``.
        texts: digest of the texts that trials learn from and are judged on.

    Raises:
        ConfigError: ``search.busy``, or ``search.study`` when it belongs to another search.
        StorageError: ``search.storage``.
    """
    with _storing(folder), occupying("search.busy", folder, what="search"):
        storage = RDBStorage(URL.create("sqlite", database=str(folder / "study.db")).render_as_string())
        try:
            study = optuna.create_study(
                storage=storage,
                study_name=_NAME,
                direction="maximize",
                pruner=_pruner(space),
                load_if_exists=True,
            )
            _require_same(study, digest=f"{space.digest}-{texts}")
            _put_back(study)
            yield study
        finally:
            storage.remove_session()
            storage.engine.dispose()


def ask(study: Study, space: Space) -> Trial:
    """The next trial: one that was put back, else what the sampler proposes (Bergstra et al. 2011, TPE).

    The proposal depends on the seed and on the trials that were judged, not on when the search was stopped.
    """
    judged = len(study.get_trials(deepcopy=False, states=JUDGED))
    study.sampler = TPESampler(seed=space.seed * 1_000_003 + judged)
    return study.ask({key: _distribution(value) for key, value in space.ranges.items()})


def _distribution(values: Span | Choice) -> BaseDistribution:
    if isinstance(values, Choice):
        return CategoricalDistribution(values.values)
    if isinstance(values.low, int) and isinstance(values.high, int):
        return IntDistribution(values.low, values.high, log=values.log)
    return FloatDistribution(values.low, values.high, log=values.log)


def _pruner(space: Space) -> BasePruner:
    if space.pruner == "median":
        return MedianPruner(n_startup_trials=_PRUNE_AFTER)
    if space.pruner == "hyperband":
        return HyperbandPruner(min_resource=1, max_resource=space.looks)
    return NopPruner()


def _require_same(study: Study, *, digest: str) -> None:
    if study.user_attrs.get("digest", digest) != digest:
        raise _error("study", "a folder with the study of another search", "the search it was begun with")
    study.set_user_attr("digest", digest)


def _put_back(study: Study) -> None:
    for trial in study.get_trials(states=(TrialState.RUNNING,)):
        study.tell(trial.number, state=TrialState.FAIL)
        progressed = len(trial.intermediate_values) > trial.user_attrs.get("looks", 0)
        stuck = 0 if progressed else trial.user_attrs.get("stuck", 0) + 1
        if stuck <= _STUCK:
            study.add_trial(_again(trial, stuck=stuck))


def _again(trial: FrozenTrial, *, stuck: int) -> FrozenTrial:
    attributes = {"stuck": stuck, "looks": len(trial.intermediate_values), "retry_of": trial.number}
    return optuna.trial.create_trial(
        state=TrialState.WAITING,
        params=trial.params,
        distributions=trial.distributions,
        intermediate_values=trial.intermediate_values,
        user_attrs={**trial.user_attrs, **attributes},
        system_attrs=trial.system_attrs,
    )


@contextmanager
def _storing(folder: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, OptunaError, SQLAlchemyError) as broken:
        raise StorageError(
            "search.storage",
            received=f"{folder.name}: {type(broken).__name__}",
            allowed="a writable folder with free space and a whole study.db",
            fix="Free some space, or choose another folder with -o.",
        ) from broken


def _error(code: str, received: str, allowed: str) -> ConfigError:
    return ConfigError(
        f"search.{code}", received=received, allowed=allowed, fix="Choose another folder with -o."
    )

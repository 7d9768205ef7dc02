"""What the best trial gains over the recipe itself, on the same held-out texts, with an interval.

The interval covers the choice of texts. It does not cover that the best of many trials was picked by these
very texts, which flatters it: the more trials, the more.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping

import numpy as np

from tongli.core import FloatArray
from tongli.knowledge.schemes import Scheme
from tongli.learning.evaluate.resample import Estimate, Resampling, estimate
from tongli.learning.metrics import f1
from tongli.learning.search.outcome import Outcome
from tongli.learning.search.trial import Bench, saved_logits, weighted
from tongli.learning.train.loop import best_decisions, held_out_score
from tongli.learning.train.pool import Rows

_HOW = Resampling(draws=500)


def gain_of(outcome: Outcome, *, bench: Bench) -> Estimate | None:
    """The score of the best trial minus that of the recipe, paired.

    Returns:
        ``None`` while one of them has not finished, or where the best is the recipe; or when what a trial
        said is not there any more.
    """
    base = next((trial for trial in outcome.ranked if trial.base), None)
    if outcome.best is None or base is None or outcome.best is base:
        return None
    try:
        best, plain = (_Said(bench, number=trial.number) for trial in (outcome.best, base))
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return None
    rows = bench.prepared.pool.held_out
    return estimate(lambda at: best.score(at) - plain.score(at), len(rows), how=_HOW)


class _Said:
    """What one trial said of the held-out texts."""

    def __init__(self, bench: Bench, *, number: int) -> None:
        self._recipe = bench.space.recipe
        pool, rows = bench.prepared.pool, bench.prepared.pool.held_out
        self._scores: dict[str, Callable[[Rows], float]] = {}
        self._places: dict[str, Rows] = {}
        with np.load(saved_logits(bench.folder, number)) as saved:
            for head in saved.files:
                own = pool.rows_of(head, among=rows)
                place = np.full(len(rows), -1, np.intp)
                place[np.searchsorted(rows, own)] = np.arange(len(own))
                self._places[head] = place
                goals = pool.targets(head, own)
                self._scores[head] = _scoring(saved[head], goals, scheme=self._recipe.scheme(head))

    def score(self, at: Rows) -> float:
        """The weighted score of some held-out texts, given by their places."""
        found: Mapping[str, float] = {
            head: score(chosen)
            for head, score in self._scores.items()
            if len(chosen := self._places[head][at][self._places[head][at] >= 0])
        }
        return weighted(found, heads=self._recipe.heads) if found else float("nan")


def _scoring(logits: FloatArray, goals: FloatArray, *, scheme: Scheme) -> Callable[[Rows], float]:
    """A head's score of some of its rows; thresholds are those of all of them."""
    if scheme.kind != "multilabel":
        return lambda rows: held_out_score(logits[rows], goals[rows], scheme=scheme)
    decided = best_decisions(logits, goals)
    columns = range(goals.shape[1])
    return lambda rows: float(np.mean([f1(decided[rows, i], goals[rows, i]) for i in columns]))

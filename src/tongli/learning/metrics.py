"""Measures. Targets may hold nan, which is masked; figures are over what was annotated."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from tongli.core import FloatArray

Mask = NDArray[np.bool_]


def f1(decided: Mask, target: FloatArray) -> float:
    """F1 of one label; 0 when it is neither present nor decided, as in BRIGHTER's scorer."""
    known = ~np.isnan(target)
    truth, chosen = target[known] > 0.5, decided[known]
    total = int(truth.sum() + chosen.sum())
    return 2 * int((truth & chosen).sum()) / total if total else 0.0


def macro_f1(decided: Mask, targets: FloatArray) -> float:
    """Mean F1 over the labels that were annotated at all; shapes ``(texts, labels)``."""
    annotated = [column for column in range(targets.shape[1]) if not np.isnan(targets[:, column]).all()]
    return float(np.mean([f1(decided[:, column], targets[:, column]) for column in annotated]))


def expected_calibration_error(values: FloatArray, targets: FloatArray, *, bins: int = 15) -> float:
    """ECE of probabilities over equal-width bins (Naeini et al. 2015), all labels pooled."""
    known = ~np.isnan(targets)
    probability, truth = values[known], targets[known]
    place = np.minimum((probability * bins).astype(int), bins - 1)
    gaps = [
        abs(float(probability[place == index].mean() - truth[place == index].mean())) * float(count)
        for index, count in enumerate(np.bincount(place, minlength=bins))
        if count
    ]
    return sum(gaps) / len(probability)


def pearson(values: FloatArray, targets: FloatArray) -> float:
    """Pearson's r of one label; 0 when either side is constant."""
    known = ~np.isnan(targets)
    left, right = values[known], targets[known]
    if len(left) < 2 or left.std() == 0 or right.std() == 0:
        return 0.0
    return float(np.corrcoef(left, right)[0, 1])


def by_language(measure: Callable[[NDArray[np.intp]], float], languages: Sequence[str]) -> dict[str, float]:
    """A measure of row indices, for each language."""
    tags = np.asarray(languages)
    return {str(tag): round(measure(np.flatnonzero(tags == tag)), 4) for tag in sorted(set(languages))}

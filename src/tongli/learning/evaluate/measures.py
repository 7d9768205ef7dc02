"""Measures of one head. Targets may hold nan, which is masked; nan out means that the measure is undefined.

F1, ECE and Pearson's r are those of :mod:`tongli.learning.metrics`.

References:
    Brier (1950), "Verification of forecasts expressed in terms of probability".
    Hanley and McNeil (1982), "The meaning and use of the area under a ROC curve".
    Mohammad et al. (2018), "SemEval-2018 Task 1: Affect in tweets" (Jaccard of label sets).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from tongli.core import FloatArray
from tongli.knowledge.schemes import Kind
from tongli.learning import metrics
from tongli.learning.evaluate.sheet import Sheet
from tongli.learning.metrics import Mask

Measure = Callable[[Sheet], float]


def accuracy(decided: Mask, truth: FloatArray) -> float:
    """Share of texts whose annotated labels are all as decided; shapes ``(texts, labels)``."""
    known = ~np.isnan(truth)
    rows = known.any(axis=1)
    right = ((decided == (truth > 0.5)) | ~known).all(axis=1)
    return float(right[rows].mean()) if rows.any() else np.nan


def macro_f1(decided: Mask, truth: FloatArray) -> float:
    """Mean F1 over the labels that were annotated at all; shapes ``(texts, labels)``."""
    return metrics.macro_f1(decided, truth) if not np.isnan(truth).all() else np.nan


def micro_f1(decided: Mask, truth: FloatArray) -> float:
    """F1 of all texts and labels pooled; shapes ``(texts, labels)``."""
    return metrics.f1(decided.ravel(), truth.ravel()) if not np.isnan(truth).all() else np.nan


def jaccard(decided: Mask, truth: FloatArray) -> float:
    """Mean over texts of shared to all labels, 1 when there are none; shapes ``(texts, labels)``."""
    known = ~np.isnan(truth)
    rows = known.any(axis=1)
    if not rows.any():
        return np.nan
    chosen, right = decided & known, (truth > 0.5) & known
    union = (chosen | right).sum(axis=1)[rows]
    shared = (chosen & right).sum(axis=1)[rows]
    return float(np.where(union == 0, 1.0, shared / np.maximum(union, 1)).mean())


def spearman(values: FloatArray, targets: FloatArray) -> float:
    """Spearman's rank correlation of one label, ties averaged; 0 when either side is constant."""
    known = ~np.isnan(targets)
    return metrics.pearson(ranks(values[known]), ranks(targets[known]))


def mean_absolute_error(values: FloatArray, targets: FloatArray) -> float:
    """Mean distance of what was annotated, in the units of the scheme; any shape."""
    known = ~np.isnan(targets)
    return float(np.abs(values[known] - targets[known]).mean()) if known.any() else np.nan


def brier(values: FloatArray, targets: FloatArray) -> float:
    """Mean squared distance of probabilities from what was annotated, in 0..1; any shape."""
    known = ~np.isnan(targets)
    return float(np.square(values[known] - targets[known]).mean()) if known.any() else np.nan


def roc_auc(values: FloatArray, truth: FloatArray) -> float:
    """Chance that a text with the label ranks above one without, ties counted half; shape ``(texts,)``."""
    known = ~np.isnan(truth)
    positive = truth[known] > 0.5
    present = int(positive.sum())
    absent = len(positive) - present
    if not present or not absent:
        return np.nan
    above = float(ranks(values[known])[positive].sum()) - present * (present + 1) / 2
    return above / (present * absent)


def average_precision(values: FloatArray, truth: FloatArray) -> float:
    """Precision averaged over the steps of recall, without interpolation; shape ``(texts,)``."""
    known = ~np.isnan(truth)
    order = np.argsort(-values[known], kind="stable")
    value, positive = values[known][order], truth[known][order] > 0.5
    if not positive.any():
        return np.nan
    last = np.append(np.flatnonzero(np.diff(value)), len(value) - 1)
    hits = np.cumsum(positive)[last]
    gained = np.diff(hits, prepend=0) / hits[-1]
    return float((gained * hits / (last + 1)).sum())


def ranks(values: FloatArray) -> FloatArray:
    """Ranks from 1, equal values sharing their mean; shape ``(texts,)``."""
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(counts) - (counts - 1) / 2)[place], np.float64)


def expected_calibration_error(values: FloatArray, targets: FloatArray) -> float:
    """ECE over 15 bins of equal width, all labels pooled."""
    if np.isnan(targets).all():
        return np.nan
    return metrics.expected_calibration_error(values, targets)


def _columns(
    measure: Callable[[FloatArray, FloatArray], float], values: FloatArray, targets: FloatArray
) -> float:
    """Mean over the labels for which a measure is defined."""
    found = [measure(values[:, at], targets[:, at]) for at in range(targets.shape[1])]
    defined = [figure for figure in found if not np.isnan(figure)]
    return float(np.mean(defined)) if defined else np.nan


def _varied(measure: Callable[[FloatArray, FloatArray], float]) -> Measure:
    """A correlation, over labels whose annotations are not all the same."""

    def defined(values: FloatArray, targets: FloatArray) -> float:
        known = targets[~np.isnan(targets)]
        return measure(values, targets) if len(known) > 1 and np.ptp(known) else np.nan

    return lambda sheet: _columns(defined, sheet.values, sheet.targets)


def _classes(sheet: Sheet) -> float:
    """The multi-class score is a sum over classes, 0..2."""
    return brier(sheet.values, sheet.targets) * len(sheet.labels)


_CALIBRATION: dict[str, Measure] = {
    "auc": lambda sheet: _columns(roc_auc, sheet.values, sheet.truth),
    "average_precision": lambda sheet: _columns(average_precision, sheet.values, sheet.truth),
    "ece": lambda sheet: expected_calibration_error(sheet.values, sheet.targets),
    "brier": lambda sheet: brier(sheet.values, sheet.targets),
}
_SETS: dict[str, Measure] = {
    "macro_f1": lambda sheet: macro_f1(sheet.decided, sheet.truth),
    "micro_f1": lambda sheet: micro_f1(sheet.decided, sheet.truth),
    "jaccard": lambda sheet: jaccard(sheet.decided, sheet.truth),
    "accuracy": lambda sheet: accuracy(sheet.decided, sheet.truth),
    **_CALIBRATION,
}
_CHOICE: dict[str, Measure] = {"macro_f1": _SETS["macro_f1"], "accuracy": _SETS["accuracy"], **_CALIBRATION}
_NUMBERS: dict[str, Measure] = {
    "pearson": _varied(metrics.pearson),
    "spearman": _varied(spearman),
    "mae": lambda sheet: mean_absolute_error(sheet.values, sheet.targets),
}

MEASURES: Mapping[Kind, Mapping[str, Measure]] = MappingProxyType(
    {
        "multilabel": _SETS,
        "multiclass": {**_CHOICE, "brier": _classes},
        "binary": _CHOICE,
        "ordinal": _NUMBERS,
        "regression": _NUMBERS,
    }
)
"""Kind of scheme → measures by name; the first one is compared between groups and models."""

LOWER_IS_BETTER = frozenset({"ece", "brier", "mae"})


def main_measure(kind: Kind) -> str:
    """Name of the measure that groups and models are compared by."""
    return next(iter(MEASURES[kind]))

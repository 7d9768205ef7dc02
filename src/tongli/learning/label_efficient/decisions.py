"""Logits → calibrated and decided: with a card, or cross-fitted on the very texts that are measured."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tongli.core import FloatArray
from tongli.emotion.card import Card
from tongli.emotion.head import calibrate
from tongli.knowledge.schemes import Scheme
from tongli.learning.calibrate import ENOUGH, fit_card, plain_card, with_thresholds
from tongli.learning.evaluate.measures import MEASURES, Measure, main_measure
from tongli.learning.evaluate.sheet import Sheet, sheet_of
from tongli.learning.label_efficient.labelled import Labelled, fold_of

_FOLDS = 5


def fitted(card: Card, logits: FloatArray, labelled: Labelled) -> Card:
    """The card with calibration and thresholds from logits ``(n, labels)`` of unseen texts.

    With fewer than 50 texts the logits stand as they are, and only thresholds are set.
    """
    fit = fit_card if len(labelled) >= ENOUGH else with_thresholds
    return fit(card, logits, labelled.targets, languages=labelled.languages)


def decided_sheet(card: Card, logits: FloatArray, labelled: Labelled) -> Sheet:
    """What a card makes of logits ``(n, labels)``, beside what people said."""
    return as_sheet(labelled, *_read(card, logits, labelled.languages))


def cross_fitted_sheet(logits: FloatArray, labelled: Labelled, *, seed: int) -> Sheet:
    """The sheet of out-of-fold logits ``(n, labels)``; no text helps to calibrate its own values."""
    fold = fold_of(labelled.groups, _FOLDS, seed=seed)
    values, limits = np.empty_like(logits), np.empty_like(logits)
    for part in np.unique(fold):
        others, own = np.flatnonzero(fold != part), np.flatnonzero(fold == part)
        card = fitted(plain_card(labelled.scheme), logits[others], labelled.take(others))
        tags = [labelled.records[row].lang for row in own]
        values[own], limits[own] = _read(card, logits[own], tags)
    return as_sheet(labelled, values, limits)


def measure_of(scheme: Scheme) -> tuple[str, Measure]:
    """The measure that models of a head are compared by, and its name."""
    name = main_measure(scheme.kind)
    return name, MEASURES[scheme.kind][name]


def _read(card: Card, logits: FloatArray, tags: Sequence[str]) -> tuple[FloatArray, FloatArray]:
    """Calibrated values and the thresholds of their languages, both ``(n, labels)``."""
    limits = np.asarray([card.thresholds.of(tag) for tag in tags], np.float32)
    return calibrate(logits, card=card, languages=tags), limits


def as_sheet(labelled: Labelled, values: FloatArray, limits: FloatArray) -> Sheet:
    """The sheet of calibrated values and the thresholds that decide them, both ``(n, labels)``."""
    return sheet_of(labelled.scheme, labelled.records, values=values, limits=limits)

"""Predictions that each record's own label did not shape, for finding errors in data the model has seen."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

import numpy as np

from tongli.core import ConfigError, FloatArray
from tongli.knowledge.schemes import Scheme
from tongli.learning.annotate.coreset import standardise
from tongli.learning.annotate.label_errors import FEWEST, questions
from tongli.learning.data.record import Record

_STRENGTH = 20.0
"""Inverse of the L2 penalty, for features of length one on average."""


def out_of_fold(
    records: Sequence[Record], features: FloatArray, *, scheme: Scheme, folds: int = 5, seed: int = 0
) -> FloatArray:
    """Cross-validated probabilities of logistic regressions on encoder features.

    Records of one text always share a fold. Labels with too few examples get nan.

    Args:
        records: n of them, with labels.
        features: shape ``(n, width)``.
        scheme: multi-label, multi-class or binary.
        folds: 2 to 5.
        seed: of the folds.

    Returns:
        Shape ``(n, labels)``; nan where a record has no such label.

    Raises:
        ConfigError: ``errors.folds`` or ``errors.head``.
    """
    if not 2 <= folds <= FEWEST:
        raise ConfigError(
            "errors.folds", received=str(folds), allowed=f"2 to {FEWEST}", fix="Choose a number of folds."
        )
    inputs = standardise(features)
    predicted = np.full((len(records), len(scheme.labels)), np.nan, np.float32)
    for question in questions(records, scheme, predicted):
        if question.enough:
            groups = [records[row].text for row in question.rows]
            chances = _predict(inputs[question.rows], question.given, groups, folds=folds, seed=seed)
            if len(question.labels) > 1:
                predicted[question.rows] = chances
            else:
                predicted[question.rows, scheme.labels.index(question.labels[0])] = chances[:, 1]
    return predicted


def _predict(inputs: FloatArray, given: Any, groups: Sequence[str], *, folds: int, seed: int) -> FloatArray:
    linear, selection = import_module("sklearn.linear_model"), import_module("sklearn.model_selection")
    chances = selection.cross_val_predict(
        linear.LogisticRegression(C=_STRENGTH / inputs.shape[1], max_iter=1000),
        inputs,
        given,
        groups=groups,
        cv=selection.StratifiedGroupKFold(folds, shuffle=True, random_state=seed),
        method="predict_proba",
    )
    return np.asarray(chances, np.float32)

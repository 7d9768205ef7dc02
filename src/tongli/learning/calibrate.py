"""Calibration and thresholds from out-of-fold logits: neither ever sees a development set.

References:
    Platt (1999), "Probabilistic outputs for support vector machines".
    Guo et al. (2017), "On Calibration of Modern Neural Networks".
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from tongli.core import FloatArray
from tongli.emotion.card import Calibration, Thresholds
from tongli.knowledge.schemes import Scheme
from tongli.learning.bag import masked_loss
from tongli.learning.metrics import f1

_PRIOR = 20.0
"""Strength of the Gaussian prior on language offsets, in examples: a language with fewer stays global."""

_OWN_SHARE = 0.6
"""Weight of a language's own best threshold; the rest is the global one."""

_GRID = np.arange(0.05, 0.85, 0.01)
_FEWEST = 50
_ROUNDS = 200


def fit_calibration(
    logits: FloatArray, targets: FloatArray, *, languages: Sequence[str], scheme: Scheme
) -> Calibration:
    """Slope and offset a label, and an offset a language and label, by penalised maximum likelihood.

    Args:
        logits, targets: ``(examples, labels)``; nan targets are masked.
        languages: tag of each example.
        scheme: decides the loss.
    """
    tags = sorted(set(languages))
    where = torch.tensor([tags.index(tag) for tag in languages])
    inputs, goals = torch.from_numpy(logits), torch.from_numpy(targets)
    terms = len(languages) if scheme.kind == "multiclass" else int((~torch.isnan(goals)).sum())
    slope = torch.ones(logits.shape[1], requires_grad=True)
    offset = torch.zeros(logits.shape[1], requires_grad=True)
    shifts = torch.zeros(len(tags), logits.shape[1], requires_grad=True)
    optimiser = torch.optim.LBFGS([slope, offset, shifts], max_iter=_ROUNDS, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        optimiser.zero_grad()
        values = inputs * slope + offset + shifts[where]
        penalty = _PRIOR * shifts.square().sum() / (2 * terms)
        loss = masked_loss(values, goals, kind=scheme.kind) + penalty
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    optimiser.step(closure)  # type: ignore[no-untyped-call]
    return Calibration(
        slope=_rounded(slope),
        offset=_rounded(offset),
        by_language={tag: _rounded(shifts[index]) for index, tag in enumerate(tags)} if len(tags) > 1 else {},
    )


def fit_thresholds(
    values: FloatArray, targets: FloatArray, *, languages: Sequence[str], scheme: Scheme
) -> Thresholds:
    """Thresholds with the best F1, a label; languages with enough examples get their own, shrunk.

    Schemes of one choice (binary, multi-class) need no search: they decide above a fixed confidence.
    """
    if scheme.kind != "multilabel":
        fixed = 0.0 if scheme.kind in {"ordinal", "regression"} else 0.6 if scheme.kind == "binary" else 0.45
        return Thresholds(default=(fixed,) * len(scheme.labels))
    default = best_thresholds(values, targets)
    tags = np.asarray(languages)
    own: dict[str, tuple[float, ...]] = {}
    for tag in sorted(set(languages)):
        rows = np.flatnonzero(tags == tag)
        if len(rows) >= _FEWEST and len(rows) < len(tags):
            mixed = _OWN_SHARE * best_thresholds(values[rows], targets[rows]) + (1 - _OWN_SHARE) * default
            own[tag] = _thresholds(mixed)
    return Thresholds(default=_thresholds(default), by_language=own)


def best_thresholds(values: FloatArray, targets: FloatArray) -> FloatArray:
    """The threshold of each label with the best F1, ``(labels,)``; 0.5 where a label never occurs."""
    best = []
    for column in range(targets.shape[1]):
        truth, value = targets[:, column], values[:, column]
        if not np.nansum(truth):
            best.append(0.5)
            continue
        found = [f1(value >= threshold, truth) for threshold in _GRID]
        best.append(float(_GRID[int(np.argmax(found))]))
    return np.asarray(best, np.float32)


def _rounded(tensor: Tensor) -> tuple[float, ...]:
    return tuple(round(value, 5) for value in tensor.detach().tolist())


def _thresholds(values: FloatArray) -> tuple[float, ...]:
    return tuple(round(value, 4) for value in values.tolist())

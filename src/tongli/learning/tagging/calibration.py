"""Scores that mean what they say, and the score from which reporting a span pays.

References:
    Platt (1999), "Probabilistic outputs for support vector machines".
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tongli.core import FloatArray

_FEWEST = 20
_STEPS = 50
_RIDGE = 1e-3


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Spans that a tagger proposes in held-out texts.

    Attributes:
        odds: shape ``(spans,)``, log-odds before calibration.
        right: shape ``(spans,)``, 1 for those that are annotated just so, else 0.
        annotated: how many spans are annotated in all.
    """

    odds: FloatArray
    right: FloatArray
    annotated: int


def platt(candidates: Candidates) -> tuple[float, float]:
    """Slope and offset of the log-odds, by Newton's method; 1 and 0 from too few spans.

    Targets are moved off 0 and 1 as Platt did, so that a perfect tagger is not calibrated to certainty.
    """
    positive, total = float(candidates.right.sum()), len(candidates.right)
    if total < _FEWEST:
        return 1.0, 0.0
    high, low = (positive + 1) / (positive + 2), 1 / (total - positive + 2)
    goal = np.where(candidates.right > 0.5, high, low)
    inputs = np.stack([candidates.odds.astype(float), np.ones(total)], axis=1)
    prior = np.array([1.0, 0.0])
    found = prior.copy()
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(inputs @ found, -30, 30)))
        gradient = inputs.T @ (chance - goal) + _RIDGE * (found - prior)
        curvature = (inputs * (chance * (1 - chance))[:, None]).T @ inputs + _RIDGE * np.eye(2)
        change = np.linalg.solve(curvature, gradient)
        found -= np.clip(change, -1, 1)
        if np.abs(change).max() < 1e-6:
            break
    return round(float(found[0]), 5), round(float(found[1]), 5)


def best_threshold(scores: FloatArray, candidates: Candidates) -> float:
    """The score with the highest F1 of the spans that reach it; 0 from too few spans."""
    if len(scores) < _FEWEST:
        return 0.0
    order = np.argsort(-scores, kind="stable")
    right = np.cumsum(candidates.right[order])
    kept = np.arange(1, len(order) + 1)
    best = int(np.argmax(2 * right / (kept + candidates.annotated)))
    if best + 1 == len(order):
        return 0.0
    return round(float((scores[order[best]] + scores[order[best + 1]]) / 2), 4)

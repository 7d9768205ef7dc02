"""Probabilities as log-odds."""

from __future__ import annotations

import math

_LEAST = 1e-4


def log_odds(probability: float) -> float:
    """Natural log-odds, bounded so that a certain head does not drown the others."""
    bounded = min(max(probability, _LEAST), 1 - _LEAST)
    return math.log(bounded / (1 - bounded))


def logistic(odds: float) -> float:
    """The probability with these natural log-odds, in 0..1."""
    return 1 / (1 + math.exp(-odds))

"""Valence and arousal: whether the space is laid out as people rate the words for emotions.

No message here was rated for valence or arousal. Its position is *derived from its labels*: the mean of the
published mean ratings of the words for them. A correlation therefore says how well the space tells pleasant
from unpleasant labels and excited from calm ones by a linear map, not how well it reads what people would
rate. Of the six emotions only sadness is calm, and only joy and surprise are pleasant.

References:
    Russell and Mehrabian (1977), "Evidence for a three-factor theory of emotions", Journal of Research in
    Personality 11, 273–294 (mean ratings of joyful, angry, disgusted, fearful, sad and surprised).
    Russell (1980), "A circumplex model of affect".
    Mantel (1967), "The detection of disease clustering and a generalized regression approach".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations
from types import MappingProxyType

import numpy as np

from tongli.core import FloatArray
from tongli.knowledge.schemes import EKMAN6
from tongli.learning.metrics import pearson

AXES = ("valence", "arousal")

POSITIONS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "anger": (-0.51, 0.59),
        "disgust": (-0.60, 0.35),
        "fear": (-0.64, 0.60),
        "joy": (0.76, 0.48),
        "sadness": (-0.63, -0.27),
        "surprise": (0.40, 0.67),
    }
)
"""Label → mean ratings of valence and arousal in -1..1; 0 is neither."""

_RIDGE = 1.0
_FEWEST = 20
"""Messages that a language needs for a correlation to mean anything."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How distances between the labels' mean vectors follow those between their ratings.

    Attributes:
        correlation: Pearson's, over all pairs of labels.
        chance: share of the ways to name the labels that correlate at least as well (exact Mantel test).
    """

    correlation: float
    chance: float


def positions(targets: FloatArray) -> FloatArray:
    """Valence and arousal that the labels imply, ``(messages, 2)``.

    The mean of the labels that are present; the origin without any, and nan where one may be missing since
    not all were annotated.

    Args:
        targets: ``(messages, 6)``, in the order of the ekman6 scheme.
    """
    ratings = np.array([POSITIONS[label] for label in EKMAN6], np.float32)
    present = np.nan_to_num(targets) >= 0.5
    count = present.sum(axis=1, keepdims=True)
    found = (present @ ratings) / np.maximum(count, 1)
    open_ended = (count == 0) & np.isnan(targets).any(axis=1, keepdims=True)
    return np.asarray(np.where(open_ended, np.nan, found), np.float32)


def fit_axes(vectors: FloatArray, targets: FloatArray) -> FloatArray:
    """A linear map to valence and arousal by ridge regression, ``(size + 1, 2)``; the last row is the offset.

    Args:
        vectors: ``(messages, size)``.
        targets: ``(messages, 6)``; see :func:`positions`.
    """
    goals = positions(targets)
    rows = ~np.isnan(goals).any(axis=1)
    inputs = _with_one(vectors[rows])
    penalty = _RIDGE * np.eye(inputs.shape[1])
    penalty[-1, -1] = 0
    return np.asarray(np.linalg.solve(inputs.T @ inputs + penalty, inputs.T @ goals[rows]), np.float32)


def correlations(
    axes: FloatArray, vectors: FloatArray, targets: FloatArray, *, languages: Sequence[str]
) -> dict[str, float]:
    """Axis → mean over languages of Pearson's r between mapped vectors and the labels' positions.

    Args:
        axes: from :func:`fit_axes`, fitted on other messages.
        vectors, targets: as there.
        languages: tag of each message; those with few messages, or all at one place, are left out.
    """
    goals, found = positions(targets), _with_one(vectors) @ axes
    tags = np.asarray(languages)
    known = ~np.isnan(goals).any(axis=1)
    groups = [known & (tags == tag) for tag in np.unique(tags)]
    return {
        axis: _mean(
            pearson(found[rows, column], goals[rows, column])
            for rows in groups
            if rows.sum() >= _FEWEST and np.ptp(goals[rows, column]) > 0
        )
        for column, axis in enumerate(AXES)
    }


def layout(vectors: FloatArray, targets: FloatArray, *, languages: Sequence[str]) -> Layout:
    """Whether labels with like ratings lie near each other; nothing is fitted.

    A label lies at the mean over languages of the mean vector of the messages that have it alone.

    Args:
        vectors, targets, languages: as in :func:`correlations`. Labels that no message has alone are left
            out; of fewer than four nothing is said (nan).
    """
    present = np.nan_to_num(targets) >= 0.5
    single = present.sum(axis=1) == 1
    tags = np.asarray(languages)
    centres: dict[str, FloatArray] = {}
    for column, label in enumerate(EKMAN6):
        rows = single & present[:, column]
        if rows.any():
            means = [vectors[rows & (tags == tag)].mean(axis=0) for tag in np.unique(tags[rows])]
            centres[label] = np.mean(means, axis=0)
    if len(centres) < 4:
        return Layout(np.nan, np.nan)
    rated = _distances([np.array(POSITIONS[label], np.float32) for label in centres])
    names = list(centres)
    found = np.array([_correlated(centres, order, rated) for order in permutations(names)])
    return Layout(float(found[0]), float((found >= found[0] - 1e-9).mean()))


def _correlated(centres: Mapping[str, FloatArray], order: Sequence[str], rated: FloatArray) -> float:
    return pearson(_distances([centres[label] for label in order]), rated)


def _distances(points: Sequence[FloatArray]) -> FloatArray:
    return np.array([float(np.linalg.norm(one - other)) for one, other in combinations(points, 2)])


def _with_one(vectors: FloatArray) -> FloatArray:
    return np.hstack([vectors, np.ones((len(vectors), 1), np.float32)])


def _mean(found: Iterable[float]) -> float:
    values = list(found)
    return float(np.mean(values)) if values else np.nan

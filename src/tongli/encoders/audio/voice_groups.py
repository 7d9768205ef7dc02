"""Which words sound like one voice: clusters of Gaussians, then the best path through the words.

Stretches are joined, the likest first, for as long as one full-covariance Gaussian tells their cepstra as
well as two do by the Bayesian information criterion. Then each word goes to the group that tells it best,
where a change of group has a price. Groups hold for one stretch of a recording and are forgotten with it:
nobody is identified.

References:
    Chen & Gopalakrishnan (1998), "Speaker, environment and channel change detection and clustering via the
    Bayesian information criterion", DARPA Broadcast News Transcription and Understanding Workshop.
    Ajmera & Wooters (2003), "A robust speaker clustering algorithm", ASRU.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tongli.core import FloatArray

Rows = NDArray[np.intp]
"""Frames that belong together."""

PENALTY = 1.3
"""Weight of the criterion's penalty for a second Gaussian; more of it finds fewer voices."""
_LEAST = 60
"""Frames, hundredths of a second, of the first groups and of every voice."""
_ROUNDS = 4
_FLOOR = 1e-3


def groups(frames: FloatArray, spans: Sequence[Rows], costs: Sequence[float]) -> list[int]:
    """The group of each span, ``0`` for all where one voice tells them as well as two.

    Args:
        frames: cepstra, ``(n, d)``.
        spans: which frames each word has; may be none.
        costs: of a change of voice before each span, in units of log-likelihood.
    """
    frames = (frames - frames.mean(axis=0)) / (frames.std(axis=0) + _FLOOR)
    parts = _first(spans, costs)
    voices = _joined(frames, parts) if len(parts) > 1 else parts
    found = [0] * len(spans)
    for _ in range(_ROUNDS):
        if len(voices) < 2:
            return [0] * len(spans)
        last, found = found, _path(frames, spans, costs, voices)
        kept = [
            np.concatenate([span for span, own in zip(spans, found, strict=True) if own == name])
            for name in dict.fromkeys(found)
        ]
        voices = [rows for rows in kept if len(rows) >= _LEAST]
        if found == last:
            break
    return found


def _first(spans: Sequence[Rows], costs: Sequence[float]) -> list[Rows]:
    """Neighbouring spans, parted where a change is cheapest, none of them too short to compare."""
    cheapest = min(costs)
    found: list[Rows] = []
    for span, cost in zip(spans, costs, strict=True):
        if not found or (cost == cheapest and len(found[-1]) >= _LEAST):
            found.append(span)
        else:
            found[-1] = np.concatenate([found[-1], span])
    if len(found) > 1 and len(found[-1]) < _LEAST:
        found[-2:] = [np.concatenate(found[-2:])]
    return found


def _joined(frames: FloatArray, parts: list[Rows]) -> list[Rows]:
    """Agglomerative clustering: the pair that loses least by being one, until a loss is worth a Gaussian."""
    width = frames.shape[1]
    parameters = width + width * (width + 1) / 2
    most = PENALTY / 2 * parameters * np.log(sum(map(len, parts)))
    parts, losses = list(parts), [_loss(frames[rows]) for rows in parts]
    while len(parts) > 1:
        worth, one, other = min(
            (_loss(frames[np.concatenate([parts[i], parts[j]])]) - losses[i] - losses[j], i, j)
            for i in range(len(parts))
            for j in range(i)
        )
        if worth > most:
            break
        parts[other] = np.concatenate([parts[one], parts[other]])
        losses[other] = _loss(frames[parts[other]])
        del parts[one], losses[one]
    return parts


def _path(
    frames: FloatArray, spans: Sequence[Rows], costs: Sequence[float], voices: Sequence[Rows]
) -> list[int]:
    """The likeliest voice of each span, by Viterbi's algorithm."""
    table = np.stack([_likelihoods(frames, rows) for rows in voices], axis=1)
    heard = np.array([table[span].sum(axis=0) for span in spans])
    total, back = heard[0], []
    for row, cost in zip(heard[1:], costs[1:], strict=True):
        changed = total.max() - cost
        back.append(np.where(total >= changed, np.arange(len(total)), total.argmax()))
        total = np.maximum(total, changed) + row
    found = [int(total.argmax())]
    for step in reversed(back):
        found.append(int(step[found[-1]]))
    return found[::-1]


def _covariance(part: FloatArray) -> NDArray[np.float64]:
    return np.asarray(np.cov(part.T) + _FLOOR * np.eye(part.shape[1]))


def _loss(part: FloatArray) -> float:
    """Negative log-likelihood of frames by their own Gaussian, but for what all share."""
    return float(len(part) / 2 * np.linalg.slogdet(_covariance(part))[1])


def _likelihoods(frames: FloatArray, rows: Rows) -> NDArray[np.float64]:
    """Log-likelihood of each frame by the Gaussian of some, ``(n,)``, but for a constant."""
    covariance = _covariance(frames[rows])
    centred = frames - frames[rows].mean(axis=0)
    squares = np.einsum("nd,nd->n", centred @ np.linalg.inv(covariance), centred)
    return np.asarray(-(squares + np.linalg.slogdet(covariance)[1]) / 2)

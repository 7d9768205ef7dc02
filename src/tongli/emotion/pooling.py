"""Heads that help each other: a second opinion on the same labels, and advice of a head with finer ones.

References:
    Genest & Zidek (1986), "Combining probability distributions: a critique and an annotated bibliography":
        the logarithmic opinion pool.
    Demszky et al. (2020), "GoEmotions: A Dataset of Fine-Grained Emotions", ACL: which of the 28 labels
        belong to which of Ekman's.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tongli.core import FloatArray
from tongli.emotion.card import Card
from tongli.knowledge.needs import EKMAN_OF_GOEMOTION

_SHARE = 0.5
"""Of the lender; no set tells how much each is worth in a language that one of them never saw."""

_ADVICE = 0.2
"""Of the adviser. Chosen between English texts of BRIGHTER, GoEmotions and statements of ours
(experiments/LOG.md)."""

_LEAST = 1e-5
"""Values and thresholds nearer than this to 0 or 1 are taken for this."""


def pooled(
    values: FloatArray, lent: FloatArray, *, card: Card, lender: Card, languages: Sequence[str]
) -> FloatArray:
    """Values of a head, moved halfway to those of its lender in languages that only the lender has learnt.

    What is pooled is how far each value lies from its threshold, in log-odds, so the thresholds of ``card``
    stay valid.

    Args:
        values: ``(texts, labels)``, calibrated, of multi-label head ``card``.
        lent: ``(texts, lender's labels)``; every label of the head is among them.
        card, lender: of the two heads.
        languages: tag of each text.
    """
    rows = np.flatnonzero([lender.knows(tag) and not card.knows(tag) for tag in languages])
    if not len(rows):
        return values
    columns = [lender.labels.index(label) for label in card.labels]
    tags = [languages[row] for row in rows.tolist()]
    margin = (1 - _SHARE) * _margins(values[rows], card, tags)
    margin += _SHARE * _margins(lent[rows], lender, tags)[:, columns]
    return _moved(values, margin, rows, card=card, tags=tags)


def advised(
    values: FloatArray, finer: FloatArray, *, card: Card, adviser: Card, languages: Sequence[str]
) -> FloatArray:
    """Values of a head, moved a little to those of a head with finer labels, where both know the language.

    Of the finer labels of an emotion (Demszky et al. 2020) the most probable speaks for it.

    Args:
        values: ``(texts, labels)``, calibrated, of multi-label head ``card`` with Ekman's emotions.
        finer: ``(texts, adviser's labels)``, those of GoEmotions.
        card, adviser: of the two heads.
        languages: tag of each text.
    """
    rows = np.flatnonzero([adviser.knows(tag) and card.knows(tag) for tag in languages])
    if not len(rows):
        return values
    tags = [languages[row] for row in rows.tolist()]
    advice = _margins(finer[rows], adviser, tags)
    groups = [
        [at for at, fine in enumerate(adviser.labels) if label in (fine, EKMAN_OF_GOEMOTION.get(fine))]
        for label in card.labels
    ]
    margin = _margins(values[rows], card, tags)
    finest = np.stack([advice[:, group].max(axis=1) for group in groups], axis=1)
    return _moved(values, margin + _ADVICE * (finest - margin), rows, card=card, tags=tags)


def _margins(values: FloatArray, card: Card, tags: Sequence[str]) -> FloatArray:
    """How far values lie above their thresholds, in log-odds."""
    return _log_odds(values) - _log_odds(np.array([card.thresholds.of(tag) for tag in tags]))


def _moved(
    values: FloatArray, margin: FloatArray, rows: NDArray[np.intp], *, card: Card, tags: Sequence[str]
) -> FloatArray:
    """The values, of which some rows lie by these margins above their thresholds."""
    found = values.copy()
    odds = margin + _log_odds(np.array([card.thresholds.of(tag) for tag in tags]))
    found[rows] = 1 / (1 + np.exp(-odds))
    return found


def _log_odds(values: FloatArray) -> FloatArray:
    kept = np.clip(values.astype(np.float64), _LEAST, 1 - _LEAST)
    return np.asarray(np.log(kept / (1 - kept)))

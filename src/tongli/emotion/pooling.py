"""Two heads that read the same labels, pooled in languages that only one of them has learnt.

References:
    Genest & Zidek (1986), "Combining probability distributions: a critique and an annotated bibliography":
        the logarithmic opinion pool.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tongli.core import FloatArray
from tongli.emotion.card import Card

_SHARE = 0.5
"""Of the lender; no set tells how much each is worth in a language that one of them never saw."""

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
    tags = np.asarray(languages)[rows].tolist()
    own = _log_odds(np.array([card.thresholds.of(tag) for tag in tags]))
    other = _log_odds(np.array([lender.thresholds.of(tag) for tag in tags])[:, columns])
    margin = (1 - _SHARE) * (_log_odds(values[rows]) - own)
    margin += _SHARE * (_log_odds(lent[rows][:, columns]) - other)
    found = values.copy()
    found[rows] = 1 / (1 + np.exp(-(own + margin)))
    return found


def _log_odds(values: FloatArray) -> FloatArray:
    kept = np.clip(values.astype(np.float64), _LEAST, 1 - _LEAST)
    return np.asarray(np.log(kept / (1 - kept)))

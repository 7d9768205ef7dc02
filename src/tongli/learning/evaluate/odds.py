"""Gaps of true and false positive rates between groups of texts.

References:
    Hardt, Price and Srebro (2016), "Equality of opportunity in supervised learning", NeurIPS.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tongli.core import FloatArray
from tongli.learning.metrics import Mask


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Widest distance of a rate between two groups, for one label.

    Attributes:
        rate: ``tpr`` or ``fpr``.
        label: of the head.
        gap: in 0..1; 0 is equal odds.
        high, low: groups with the highest and the lowest rate.
    """

    rate: str
    label: str
    gap: float
    high: str
    low: str


def equalised_odds(
    decided: Mask, truth: FloatArray, *, labels: Sequence[str], groups: Sequence[str], fewest: int = 20
) -> list[Gap]:
    """Gaps of each label and rate, widest first.

    Args:
        decided, truth: ``(texts, labels)``; nan truth is masked.
        labels: names of the columns.
        groups: of each text; empty belongs to none.
        fewest: a group with fewer texts behind a rate is left out of it; with less than two groups left
            there is no gap.
    """
    tags = np.asarray(groups, str)
    found = []
    for column, label in enumerate(labels):
        for rate, wanted in (("tpr", 1.0), ("fpr", 0.0)):
            rows = truth[:, column] == wanted
            rates = _rates(decided[rows, column], tags[rows], fewest=fewest)
            if len(rates) > 1:
                high, low = max(rates, key=rates.__getitem__), min(rates, key=rates.__getitem__)
                found.append(Gap(rate=rate, label=label, gap=rates[high] - rates[low], high=high, low=low))
    return sorted(found, key=lambda item: -item.gap)


def _rates(decided: Mask, tags: np.typing.NDArray[np.str_], *, fewest: int) -> dict[str, float]:
    sizes = {str(tag): tags == tag for tag in np.unique(tags) if tag}
    return {tag: float(decided[rows].mean()) for tag, rows in sizes.items() if rows.sum() >= fewest}

"""chrF, and minimum-Bayes-risk choice with it.

References:
    Popović (2015), "chrF: character n-gram F-score for automatic MT evaluation", WMT.
    Eikema and Aziz (2020), "Is MAP decoding all you need? The inadequacy of the mode in neural machine
    translation", COLING.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

ORDER, BETA = 6, 2.0
_MOST = 2_000
"""Characters compared of one text."""


def chrf(hypothesis: str, reference: str) -> float:
    """chrF2 of one text (0..1), n-grams of 1 to 6 characters without white space, as sacreBLEU counts it.

    >>> round(chrf("the cat", "the cat sat"), 2)
    0.56
    """
    return _score(_grams(hypothesis), _grams(reference))


def by_utility(texts: Sequence[str]) -> list[int]:
    """Indices of candidates, those first that are most like all others: least expected risk.

    Utility is the mean chrF against every candidate, each being equally likely; ties keep their order.
    """
    grams = [_grams(text) for text in texts]
    utility = [sum(_score(own, other) for other in grams) for own in grams]
    return sorted(range(len(texts)), key=lambda index: -utility[index])


_Grams = list[Counter[str]]


def _grams(text: str) -> _Grams:
    letters = "".join(text.split())[:_MOST]
    return [
        Counter(letters[start : start + size] for start in range(len(letters) - size + 1))
        for size in range(1, ORDER + 1)
    ]


def _score(hypothesis: _Grams, reference: _Grams) -> float:
    """F-score of mean precision and mean recall over the orders that both have."""
    precision = recall = 0.0
    orders = 0
    for own, other in zip(hypothesis, reference, strict=True):
        total, wanted = own.total(), other.total()
        if total and wanted:
            shared = (own & other).total()
            precision, recall, orders = precision + shared / total, recall + shared / wanted, orders + 1
    if not precision + recall:
        return 0.0
    precision, recall, factor = precision / orders, recall / orders, BETA**2
    return (1 + factor) * precision * recall / (factor * precision + recall)

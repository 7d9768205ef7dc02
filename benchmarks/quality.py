"""Measures of readings as a user gets them: decisions are the claims, never scores cut anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import NormalDist
from typing import Any

import numpy as np
import numpy.typing as npt

from tongli.core import FloatArray, Reading
from tongli.knowledge.schemes import SCHEMES

Bools = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.intp]


def decisions(readings: Sequence[Reading], head: str) -> Bools:
    """Which labels of an emotion head are claimed, ``(texts, labels)``."""
    place = {label: column for column, label in enumerate(SCHEMES[head].labels)}
    table = np.zeros((len(readings), len(place)), bool)
    for row, reading in enumerate(readings):
        for claim in reading.claims:
            if claim.source == f"head:{head}" and claim.label is not None and not claim.abstained:
                table[row, place[claim.label]] = True
    return table


def abstained(readings: Sequence[Reading], head: str) -> Bools:
    """On which texts a head declines to decide, ``(texts,)``."""
    source = f"head:{head}"
    return np.array(
        [any(claim.abstained and claim.source == source for claim in item.claims) for item in readings], bool
    )


def values(readings: Sequence[Reading], head: str) -> FloatArray:
    """Calibrated scores, ``(texts, labels)``; one column for a head of a single value."""
    found = [reading.scores[head] for reading in readings]
    rows = [list(score.values()) if isinstance(score, Mapping) else [score] for score in found]
    return np.array(rows, np.float32)


def f1_table(decided: Bools, targets: FloatArray, counts: FloatArray) -> FloatArray:
    """Macro-F1 of weighted samples: a label that is neither present nor decided counts 0.

    Args:
        decided, targets: ``(texts, labels)``; nan targets are not annotated.
        counts: ``(samples, texts)``, how often each text is drawn.

    Returns:
        ``(samples,)``, mean over the labels that are annotated at all.
    """
    known = ~np.isnan(targets)
    truth, chosen = (targets > 0.5) & known, decided & known
    kept = known.any(axis=0)
    hits = counts @ (truth & chosen)[:, kept].astype(np.float32)
    total = counts @ (truth.astype(np.float32) + chosen)[:, kept]
    return np.asarray(np.mean(2 * hits / np.maximum(total, 1), axis=1), np.float32)


def bootstrap(
    decided: Sequence[Bools],
    targets: FloatArray,
    *,
    languages: Sequence[str],
    samples: int,
    seed: int,
) -> list[FloatArray]:
    """Mean over languages of macro-F1 in bootstrap samples, texts drawn with replacement in each language.

    Args:
        decided: decisions of one or several systems, each ``(texts, labels)``; all see the same samples,
            so that differences between them are paired.
        targets: ``(texts, labels)``, nan where not annotated.
        languages: tag of each text.
        samples, seed: how many, and of the generator.

    Returns:
        ``(samples,)`` for each system.

    References:
        Efron & Tibshirani (1993), "An Introduction to the Bootstrap", chapter 13.
    """
    random = np.random.default_rng(seed)
    sums = [np.zeros(samples, np.float32) for _ in decided]
    groups = rows_by_language(languages)
    for rows in groups.values():
        size = len(rows)
        counts = random.multinomial(size, np.full(size, 1 / size), size=samples).astype(np.float32)
        for index, table in enumerate(decided):
            sums[index] = sums[index] + f1_table(table[rows], targets[rows], counts)
    return [np.asarray(total / len(groups), np.float32) for total in sums]


def interval(sampled: FloatArray, *, figure: float, level: float = 0.95) -> tuple[float, float]:
    """Bias-corrected percentile interval of a figure.

    F1 of a sample is lower on average than that of its source, since a rare label may be missing from it;
    the plain percentiles would lie too low.

    References:
        Efron (1981), "Nonparametric standard errors and confidence intervals".
    """
    normal = NormalDist()
    below = float((sampled < figure).mean() + (sampled == figure).mean() / 2)
    edge = 1 / (2 * len(sampled))
    bias = normal.inv_cdf(min(max(below, edge), 1 - edge))
    tail = normal.inv_cdf((1 + level) / 2)
    low, high = np.quantile(sampled, [normal.cdf(2 * bias - tail), normal.cdf(2 * bias + tail)])
    return round(float(low), 4), round(float(high), 4)


def spearman(left: FloatArray, right: FloatArray) -> float:
    """Rank correlation, ties at their mean rank; 0 when either side is constant."""
    ranks = [_ranks(side) for side in (left, right)]
    if any(side.std() == 0 for side in ranks):
        return 0.0
    return float(np.corrcoef(ranks[0], ranks[1])[0, 1])


def pearson_of_labels(found: FloatArray, targets: FloatArray) -> float:
    """Mean Pearson correlation over the labels whose targets vary, ``(texts, labels)``."""
    figures = []
    for column in range(targets.shape[1]):
        known = ~np.isnan(targets[:, column])
        left, right = found[known, column], targets[known, column]
        if len(right) > 1 and right.std() > 0:
            figures.append(float(np.corrcoef(left, right)[0, 1]) if left.std() > 0 else 0.0)
    return float(np.mean(figures)) if figures else 0.0


def weighted_f1(chosen: Sequence[str | None], truth: Sequence[str]) -> float:
    """F1 of each true class, weighted by its size; ``None`` is no answer and loses recall only."""
    total = 0.0
    for label in set(truth):
        hits = sum(a == b == label for a, b in zip(chosen, truth, strict=True))
        size = sum(item == label for item in truth)
        total += size * 2 * hits / (size + sum(item == label for item in chosen))
    return total / len(truth)


def spread_over(name: str, figures: Mapping[str, float]) -> dict[str, Any]:
    """Mean, worst and all of a figure by language."""
    worst = min(figures, key=lambda tag: figures[tag])
    return {
        name: round(float(np.mean(list(figures.values()))), 4),
        "worst": {"lang": worst, name: figures[worst]},
        "by_language": dict(figures),
    }


def rows_by_language(languages: Sequence[str]) -> dict[str, Rows]:
    """Tag → row indices, sorted by tag."""
    tags = np.asarray(languages)
    return {str(tag): np.flatnonzero(tags == tag) for tag in sorted(set(languages))}


def _ranks(side: FloatArray) -> FloatArray:
    _, place, counts = np.unique(side, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(counts) - (counts - 1) / 2)[place], np.float32)

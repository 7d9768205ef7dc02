"""Pseudo-labels: what a calibrated teacher is sure of, capped by language, balanced like the labelled.

References:
    Lee (2013), "Pseudo-label: the simple and efficient semi-supervised learning method".
    Zou et al. (2018), "Unsupervised domain adaptation via class-balanced self-training", ECCV.
    Xie et al. (2020), "Self-training with Noisy Student improves ImageNet classification", CVPR (balanced and
    confident pseudo-labels).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tongli.core import FloatArray
from tongli.knowledge.schemes import Kind
from tongli.learning.label_efficient.labelled import Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Pseudo:
    """Texts that got a label.

    Attributes:
        rows: ``(kept,)``, which of the unlabelled texts.
        targets: ``(kept, labels)``, 0 or 1; nan where the teacher was not sure, or the balance was full.
    """

    rows: Rows
    targets: FloatArray


def nothing(labels: int) -> Pseudo:
    """No pseudo-labels, for so many labels."""
    return Pseudo(rows=np.empty(0, np.intp), targets=np.empty((0, labels), np.float32))


def choose(
    values: FloatArray,
    *,
    kind: Kind,
    confidence: float,
    languages: Sequence[str],
    caps: dict[str, int],
    shares: FloatArray,
    seed: int,
) -> Pseudo:
    """Pseudo-labels from calibrated probabilities.

    Args:
        values: ``(texts, labels)``, calibrated; rows of a multi-class head sum to 1.
        kind: of the scheme: one choice of several, or a yes or no for each label.
        confidence: least probability of a label or of its absence, 0.5..1.
        languages: tag of each text.
        caps: language → most texts; the key ``""`` serves all others.
        shares: ``(labels,)``, share of positives among the labelled texts, which is kept.
        seed: of what is left out for balance.
    """
    targets = _one_of(values, confidence) if kind == "multiclass" else _each(values, confidence)
    rows = _capped(values, targets, languages=languages, caps=caps)
    source = np.random.default_rng(seed)
    if kind == "multiclass":
        rows = _balanced_choice(rows, targets, shares, source)
        return Pseudo(rows=rows, targets=targets[rows])
    kept = targets[rows]
    for column, share in enumerate(shares):
        kept[:, column] = _balanced(kept[:, column], float(share), source)
    some = ~np.isnan(kept).all(axis=1)
    return Pseudo(rows=rows[some], targets=kept[some])


def positive_shares(targets: FloatArray) -> FloatArray:
    """Share of positives of each label among what was annotated, ``(labels,)``; nan where nothing was."""
    known = ~np.isnan(targets)
    total = known.sum(axis=0)
    positive = np.where(known, targets > 0.5, 0).sum(axis=0)
    return np.asarray(np.where(total > 0, positive / np.maximum(total, 1), np.nan), np.float64)


def _each(values: FloatArray, confidence: float) -> FloatArray:
    sure = np.where(values >= confidence, 1.0, np.where(values <= 1 - confidence, 0.0, np.nan))
    return np.asarray(sure, np.float32)


def _one_of(values: FloatArray, confidence: float) -> FloatArray:
    chosen = values == values.max(axis=1, keepdims=True)
    sure = values.max(axis=1, keepdims=True) >= confidence
    return np.where(sure, chosen, np.nan).astype(np.float32)


def _capped(
    values: FloatArray, targets: FloatArray, *, languages: Sequence[str], caps: dict[str, int]
) -> Rows:
    """Rows with a pseudo-label; of each language those with a positive first, then the surest."""
    known = ~np.isnan(targets)
    positive = (targets == 1).any(axis=1)
    distance = np.where(known, np.abs(values - 0.5), 0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    order = np.lexsort((-distance, ~positive))
    taken: Counter[str] = Counter()
    kept = []
    for row in order:
        tag = languages[row]
        if known[row].any() and taken[tag] < caps.get(tag, caps.get("", 0)):
            taken[tag] += 1
            kept.append(int(row))
    return np.sort(np.asarray(kept, np.intp))


def _balanced(column: FloatArray, share: float, source: np.random.Generator) -> FloatArray:
    """One label with its surplus side thinned at random until positives have their share."""
    if np.isnan(share):
        return np.full_like(column, np.nan)
    thinned = column.copy()
    positive, negative = np.flatnonzero(column == 1), np.flatnonzero(column == 0)
    for side, most in (
        (negative, len(positive) * (1 - share) / share if share > 0 else len(negative)),
        (positive, len(negative) * share / (1 - share) if share < 1 else len(positive)),
    ):
        surplus = len(side) - math.ceil(most - 1e-9)
        if surplus > 0:
            thinned[source.choice(side, surplus, replace=False)] = np.nan
    return thinned


def _balanced_choice(
    rows: Rows, targets: FloatArray, shares: FloatArray, source: np.random.Generator
) -> Rows:
    """Rows of a multi-class head, no class with more than its share of all."""
    kept = []
    for column, share in enumerate(shares):
        own = rows[targets[rows, column] == 1]
        most = round(float(share) * len(rows))
        kept.append(source.choice(own, most, replace=False) if len(own) > most else own)
    return np.sort(np.concatenate(kept)).astype(np.intp)

"""Weights of words for a head: one sparse linear model a language and label.

References:
    Wang & Manning (2012), "Baselines and bigrams: simple, good sentiment and topic classification".
    Fan et al. (2008), "LIBLINEAR: a library for large linear classification".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression, Ridge  # type: ignore[import-untyped]

from tongli.core import FloatArray, IntArray
from tongli.emotion.head import Arrays, Head
from tongli.emotion.words import Grams, Keys, Words, grams
from tongli.knowledge.schemes import Kind

_FEWEST = 3
"""Texts of a language in which a gram must occur."""
_ENOUGH = 100
"""Texts that a language needs."""
_LARGEST = 4.0
"""Bound of the bias of a label that hardly or always occurs, as log-odds."""

Table = tuple[Keys, FloatArray, FloatArray]
"""Keys, their weights ``(keys, labels)`` and the bias ``(labels,)`` of one language."""


def fit_words(
    pieces: Sequence[IntArray],
    targets: FloatArray,
    *,
    languages: Sequence[str],
    kind: Kind,
    strength: float,
) -> Words | None:
    """Learn the weights of grams.

    Args:
        pieces: vocabulary ids of the pieces of each text.
        targets: ``(texts, labels)``; nan where not annotated.
        languages: tag of each text; those filed under ``und`` teach nothing.
        kind: of the scheme: probabilities are learnt by logistic, numbers by ridge regression.
        strength: inverse of the penalty on squared weights.

    Returns:
        ``None`` when no language has enough texts. Other languages are read as the dense part reads them:
        ``slope`` 1 and ``offset`` 0.
    """
    tags, found = np.asarray(languages), grams(pieces)
    tables: dict[str, Table] = {}
    for tag in sorted(set(languages) - {"und"}):
        rows = np.flatnonzero(tags == tag)
        if len(rows) >= _ENOUGH:
            tables[tag] = _of_language(found.of(rows), targets[rows], tag=tag, kind=kind, strength=strength)
    if not tables:
        return None
    keys = np.concatenate([own for own, _, _ in tables.values()])
    order = np.argsort(keys)
    labels = targets.shape[1]
    return Words(
        languages=tuple(tables),
        keys=keys[order],
        weights=np.concatenate([weights for _, weights, _ in tables.values()])[order],
        bias=np.stack([bias for _, _, bias in tables.values()]),
        slope=np.ones(labels, np.float32),
        offset=np.zeros(labels, np.float32),
    )


def as_expected(words: Words, said: FloatArray, *, dense: FloatArray, languages: Sequence[str]) -> Words:
    """The words, with what to expect of languages that they do not know.

    Args:
        words: of a head.
        said: their logits for some texts, ``(texts, labels)``.
        dense: logits of the dense part for the same texts.
        languages: tag of each text; those that the words know count.
    """
    rows = np.flatnonzero([tag in words.languages for tag in languages])
    said, dense = said[rows].astype(np.float64), dense[rows].astype(np.float64)
    centred = dense - dense.mean(axis=0)
    slope = (centred * said).sum(axis=0) / np.maximum((centred**2).sum(axis=0), 1e-9)
    slope = np.maximum(slope, 0)  # words that contradict the dense part say nothing of other languages
    offset = said.mean(axis=0) - slope * dense.mean(axis=0)
    return replace(words, slope=slope.astype(np.float32), offset=offset.astype(np.float32))


def _of_language(found: Grams, targets: FloatArray, *, tag: str, kind: Kind, strength: float) -> Table:
    keys, columns = np.unique(found.keys([tag] * len(targets)), return_inverse=True)
    often = np.flatnonzero(np.bincount(columns, minlength=len(keys)) >= _FEWEST)
    matrix = _matrix(columns, found, width=len(keys))[:, often]
    fitted = [_fit(matrix, column, kind=kind, strength=strength) for column in targets.T]
    weights = np.stack([own for own, _ in fitted], axis=1)
    return keys[often], weights.astype(np.float32), np.asarray([bias for _, bias in fitted], np.float32)


def _matrix(columns: NDArray[np.intp], found: Grams, *, width: int) -> csr_matrix:
    """Grams of texts ``(texts, width)``, each text of length one."""
    values = np.repeat(1 / found.norms, found.sizes)
    return csr_matrix((values, columns, found.starts), shape=(len(found.sizes), width))


def _fit(
    matrix: csr_matrix, column: FloatArray, *, kind: Kind, strength: float
) -> tuple[NDArray[np.float64], float]:
    """Weights and bias of one label."""
    rows = np.flatnonzero(~np.isnan(column))
    matrix, goals = matrix[rows], column[rows].astype(np.float64)
    silent = np.zeros(matrix.shape[1])
    if kind in {"ordinal", "regression"}:
        if not len(rows):
            return silent, 0.0
        ridge = Ridge(alpha=1 / strength, solver="sparse_cg").fit(matrix, goals)
        return ridge.coef_, float(ridge.intercept_)
    yes, no = np.flatnonzero(goals > 0), np.flatnonzero(goals < 1)
    if not len(yes) or not len(no):
        return silent, _LARGEST if len(yes) else -_LARGEST
    # A goal between 0 and 1 is a yes and a no that share the weight.
    model = LogisticRegression(C=strength, solver="liblinear")
    model.fit(
        vstack([matrix[yes], matrix[no]]),
        np.repeat([1, 0], [len(yes), len(no)]),
        sample_weight=np.concatenate([goals[yes], 1 - goals[no]]),
    )
    return model.coef_[0], float(model.intercept_[0])


def alone(head: Head) -> Arrays:
    """The dense part of a head, saying by itself what both parts lead one to expect: what is trained on."""
    if head.words is None:
        return head.arrays
    slope = 1 + head.words.slope
    arrays = head.arrays
    return replace(arrays, down=arrays.down * slope, bias=arrays.bias * slope + head.words.offset)


def beside(arrays: Arrays, words: Words | None) -> Arrays:
    """The inverse of :func:`alone`: a dense part that words stand beside again."""
    if words is None:
        return arrays
    slope = 1 + words.slope
    return replace(arrays, down=arrays.down / slope, bias=(arrays.bias - words.offset) / slope)


def dense_beside(logits: FloatArray, words: Words | None) -> FloatArray:
    """Logits of :func:`alone` → those of the dense part that words stand beside."""
    if words is None:
        return logits
    return np.asarray((logits - words.offset) / (1 + words.slope), np.float32)

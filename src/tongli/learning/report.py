"""Figures of one head on one split, as they go into its card."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tongli.core import FloatArray
from tongli.emotion.card import Card
from tongli.learning.metrics import Mask, by_language, expected_calibration_error, macro_f1, pearson


def measure(
    values: FloatArray, targets: FloatArray, *, languages: Sequence[str], card: Card
) -> dict[str, Any]:
    """Measures that fit the scheme; per language where there are several.

    Args:
        values: ``(texts, labels)`` calibrated.
        targets: ``(texts, labels)``; nan is masked.
        languages: tag of each text.
        card: thresholds and scheme.
    """
    kind = card.scheme.kind
    if kind == "multilabel":
        decided = decide(values, languages=languages, card=card)
        return {
            **_spread("macro_f1", lambda rows: macro_f1(decided[rows], targets[rows]), languages),
            "macro_f1_all": round(macro_f1(decided, targets), 4),
            "ece": round(expected_calibration_error(values, targets), 4),
        }
    if kind in {"ordinal", "regression"}:
        return _spread("pearson", lambda rows: _mean_pearson(values[rows], targets[rows]), languages)
    chosen, truth = _choices(values), _choices(targets)
    accuracy = _spread("accuracy", lambda rows: float((chosen[rows] == truth[rows]).mean()), languages)
    weighted = _spread("weighted_f1", lambda rows: _weighted_f1(chosen[rows], truth[rows]), languages)
    return {**accuracy, **weighted, "ece": round(expected_calibration_error(values, targets), 4)}


def decide(values: FloatArray, *, languages: Sequence[str], card: Card) -> Mask:
    """Which labels reach the threshold of their text's language, ``(texts, labels)``."""
    limits = np.asarray([card.thresholds.of(tag) for tag in languages], np.float32)
    return np.asarray(values >= limits)


def _spread(name: str, figure: Any, languages: Sequence[str]) -> dict[str, Any]:
    found = by_language(figure, languages)
    worst = min(found, key=lambda tag: found[tag])
    return {
        f"{name}_mean": round(float(np.mean(list(found.values()))), 4),
        f"{name}_worst": f"{worst} {found[worst]:.3f}",
        f"{name}_by_language": found,
    }


def _mean_pearson(values: FloatArray, targets: FloatArray) -> float:
    found = [
        pearson(values[:, column], targets[:, column])
        for column in range(targets.shape[1])
        if np.nansum(np.abs(targets[:, column]))
    ]
    return float(np.mean(found)) if found else 0.0


def _choices(values: FloatArray) -> NDArray[np.intp]:
    if values.shape[1] == 1:
        return (values[:, 0] > 0.5).astype(np.intp)
    return np.asarray(values.argmax(axis=1))


def _weighted_f1(chosen: NDArray[np.intp], truth: NDArray[np.intp]) -> float:
    total = 0.0
    for label in np.unique(truth):
        hits = int(((chosen == label) & (truth == label)).sum())
        size = int((truth == label).sum())
        total += size * 2 * hits / (size + int((chosen == label).sum()))
    return total / len(truth)

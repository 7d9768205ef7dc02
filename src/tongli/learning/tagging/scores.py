"""How well spans are found.

``span``: F1 of spans whose start, end and label are all as annotated (as in CoNLL). ``joined``: the same
after neighbours of one label with nothing but blanks between them are joined on both sides, since annotators
split them at will. ``overlap``: F1 of marked code points.

References:
    Tjong Kim Sang and De Meulder (2003), "Introduction to the CoNLL-2003 shared task" (exact spans).
    Field and Welsh (2007), "Bootstrapping clustered data" (whole groups are drawn).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tongli.learning.evaluate.resample import Estimate, Resampling, estimate
from tongli.learning.metrics import expected_calibration_error
from tongli.learning.tagging.records import Labelled, SpanRecord

MEASURES = ("span", "joined", "overlap")

Counts = NDArray[np.int64]
"""``(texts, measures, 3)``: right, found and annotated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a tagger found in one text: spans, and their scores in the same order."""

    record: SpanRecord
    spans: tuple[Labelled, ...]
    scores: tuple[float, ...]


def measure(found: Sequence[Found], *, how: Resampling) -> dict[str, Any]:
    """Figures over all texts and a language, the worst language, intervals and calibration.

    Args:
        found: at least one text.
        how: the bootstrap; draws whole groups.
    """
    counts = np.stack([count(item.record.spans, item.spans, item.record.text) for item in found])
    languages = np.array([item.record.lang for item in found])
    figures: dict[str, Any] = {"texts": len(found), "spans": int(counts[:, 0, 2].sum())}
    for place, name in enumerate(MEASURES):
        by_language = {
            str(tag): round(f1(counts[languages == tag, place]), 4) for tag in sorted(set(languages.tolist()))
        }
        figures[f"{name}_f1"] = round(f1(counts[:, place]), 4)
        figures[f"{name}_f1_mean"] = round(float(np.mean(list(by_language.values()))), 4)
        figures[f"{name}_f1_worst"] = min(by_language.values())
        figures[f"{name}_f1_by_language"] = by_language
    interval = _interval(counts[:, 0], found, how=how)
    figures["span_f1_interval"] = [round(interval.low, 4), round(interval.high, 4)]
    figures["span_f1_mean_interval"] = _mean_interval(counts[:, 0], languages, found, how=how)
    figures["ece"] = calibration_error(found)
    return figures


def f1(counts: Counts) -> float:
    """F1 of counts ``(texts, 3)``; 1 where nothing is annotated and nothing was found."""
    right, chosen, truth = counts.sum(axis=0).tolist()
    return 2 * right / (chosen + truth) if chosen + truth else 1.0


def count(truth: Iterable[Labelled], found: Iterable[Labelled], text: str) -> Counts:
    """Right, found and annotated of one text, ``(measures, 3)``."""
    pairs = [(set(truth), set(found))]
    pairs.append((join(pairs[0][0], text), join(pairs[0][1], text)))
    pairs.append((_places(pairs[0][0]), _places(pairs[0][1])))
    return np.array([[len(left & right), len(right), len(left)] for left, right in pairs], np.int64)


def join(spans: Iterable[Labelled], text: str) -> set[Labelled]:
    """Neighbours of one label with only blanks between them as one span."""
    found: list[Labelled] = []
    for start, end, label in sorted(spans):
        if found and found[-1][2] == label and not text[found[-1][1] : start].strip():
            found[-1] = (found[-1][0], end, label)
        else:
            found.append((start, end, label))
    return set(found)


def calibration_error(found: Iterable[Found]) -> float | None:
    """Expected calibration error of the scores of found spans; ``None`` without any."""
    scores: list[float] = []
    right: list[float] = []
    for item in found:
        truth = set(item.record.spans)
        scores += item.scores
        right += [float(span in truth) for span in item.spans]
    if not scores:
        return None
    return round(expected_calibration_error(np.array(scores, np.float32), np.array(right, np.float32)), 4)


def _places(spans: Iterable[Labelled]) -> set[Labelled]:
    return {(place, place + 1, label) for start, end, label in spans for place in range(start, end)}


def _rows_by_group(found: Sequence[Found]) -> list[NDArray[np.intp]]:
    groups: dict[str, list[int]] = {}
    for row, item in enumerate(found):
        groups.setdefault(item.record.group or item.record.id, []).append(row)
    return [np.array(rows) for rows in groups.values()]


def _interval(counts: Counts, found: Sequence[Found], *, how: Resampling) -> Estimate:
    sums = np.stack([counts[rows].sum(axis=0) for rows in _rows_by_group(found)])
    return estimate(lambda rows: f1(sums[rows]), len(sums), how=how)


def _mean_interval(
    counts: Counts, languages: NDArray[np.str_], found: Sequence[Found], *, how: Resampling
) -> list[float]:
    """Interval of the mean over languages; a language that a draw misses counts nothing in it."""
    tags = sorted(set(languages.tolist()))
    groups = _rows_by_group(found)
    sums = np.stack([[counts[rows[languages[rows] == tag]].sum(axis=0) for tag in tags] for rows in groups])

    def mean(rows: NDArray[np.intp]) -> float:
        totals = sums[rows].sum(axis=0)
        seen = totals[:, 2] > 0
        figures = 2 * totals[seen, 0] / (totals[seen, 1] + totals[seen, 2])
        return float(figures.mean()) if seen.any() else float("nan")

    found_interval = estimate(mean, len(sums), how=how)
    return [round(found_interval.low, 4), round(found_interval.high, 4)]

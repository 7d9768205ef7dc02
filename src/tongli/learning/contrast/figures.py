"""The figures of a space beside what needs no training: sentence vectors, and features as they come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from tongli.core import FloatArray
from tongli.learning.contrast.circumplex import correlations, layout
from tongli.learning.contrast.retrieval import (
    KINDS,
    Kind,
    by_language,
    chance,
    mean_over_languages,
    precision_at,
)
from tongli.learning.evaluate.resample import Estimate, Resampling

COUNT = 10
"""Messages that a query gets."""

BASELINE = "sentences"
"""What the gain is over: the sentence vectors of the encoder as it was pretrained."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Messages to measure on, row by row.

    Attributes:
        vectors: of the space, ``(messages, size)``.
        others: name → vectors to compare with, :data:`BASELINE` among them.
        targets: ``(messages, 6)``, nan where not annotated.
        languages: tag of each message.
    """

    vectors: FloatArray
    others: Mapping[str, FloatArray]
    targets: FloatArray
    languages: tuple[str, ...]


def measure(sample: Sample, *, axes: FloatArray, how: Resampling) -> dict[str, Any]:
    """Precision at ten by kind of query, worst and all languages, valence and arousal, as plain data.

    Args:
        sample: messages that were not learnt from.
        axes: map to valence and arousal, fitted on others.
        how: to resample queries.
    """
    found = correlations(axes, sample.vectors, sample.targets, languages=sample.languages)
    placed = layout(sample.vectors, sample.targets, languages=sample.languages)
    return {
        "texts": len(sample.targets),
        f"precision_at_{COUNT}": {kind: _retrieval(sample, kind=kind, how=how) for kind in KINDS},
        **{axis: _number(value) for axis, value in found.items()},
        "layout": {"r": _number(placed.correlation), "p": _number(placed.chance)},
    }


def _retrieval(sample: Sample, *, kind: Kind, how: Resampling) -> dict[str, Any]:
    tags = sample.languages
    own = precision_at(sample.vectors, sample.targets, languages=tags, kind=kind, count=COUNT)
    others = {
        name: precision_at(vectors, sample.targets, languages=tags, kind=kind, count=COUNT)
        for name, vectors in sample.others.items()
    }
    others["chance"] = chance(sample.targets, languages=tags, kind=kind)
    return {
        "queries": int((~np.isnan(own)).sum()),
        "space": _told(mean_over_languages(own, tags, how=how)),
        **{name: _told(mean_over_languages(values, tags, how=how)) for name, values in others.items()},
        "gain": _told(mean_over_languages(own - others[BASELINE], tags, how=how)),
        "by_language": {
            tag: {"space": _number(value), BASELINE: _number(before)}
            for (tag, value), before in zip(
                by_language(own, tags).items(), by_language(others[BASELINE], tags).values(), strict=True
            )
        },
    }


def _told(found: Estimate) -> dict[str, Any]:
    return {"value": _number(found.value), "interval_95": [_number(found.low), _number(found.high)]}


def _number(value: float) -> float | None:
    """Four digits; ``None`` where a figure is undefined, since JSON has no nan."""
    return None if np.isnan(value) else round(float(value), 4)

"""What a collection of records holds, counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from tongli.learning.data.record import Record

QUANTILES = (0.0, 0.5, 0.95, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelCount:
    """One label of one head: rows that annotate it, and the mean of their values."""

    head: str
    label: str
    annotated: int
    mean: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """Counts over records.

    Attributes:
        records: how many.
        unlabelled: records without any label.
        languages, consents, made_by: value → records, the most frequent first.
        labels: every annotated label; for 0/1 labels the mean is the share of positive rows.
        lengths: shortest, median, 95th percentile and longest text, in code points; empty without texts.
    """

    records: int
    unlabelled: int
    languages: dict[str, int]
    consents: dict[str, int]
    made_by: dict[str, int]
    labels: tuple[LabelCount, ...]
    lengths: tuple[int, ...]

    def to_dict(self) -> dict[str, Any]:
        """The counts as plain data."""
        return asdict(self)


def count(records: Iterable[Record]) -> Statistics:
    """Count records; each is looked at once."""
    languages: Counter[str] = Counter()
    consents: Counter[str] = Counter()
    made_by: Counter[str] = Counter()
    annotated: Counter[tuple[str, str]] = Counter()
    sums: defaultdict[tuple[str, str], float] = defaultdict(float)
    lengths: list[int] = []
    total = unlabelled = 0
    for record in records:
        total += 1
        unlabelled += not any(record.labels.values())
        languages[record.lang] += 1
        consents[record.consent] += 1
        made_by.update([record.made_by] if record.made_by else [])
        lengths += [len(record.text)] if record.text else []
        for head, values in record.labels.items():
            for label, value in values.items():
                annotated[head, label] += 1
                sums[head, label] += value
    return Statistics(
        records=total,
        unlabelled=unlabelled,
        languages=dict(languages.most_common()),
        consents=dict(consents.most_common()),
        made_by=dict(made_by.most_common()),
        labels=tuple(
            LabelCount(head=head, label=label, annotated=rows, mean=sums[head, label] / rows)
            for (head, label), rows in sorted(annotated.items())
        ),
        lengths=tuple(np.quantile(lengths, QUANTILES).astype(int).tolist()) if lengths else (),
    )

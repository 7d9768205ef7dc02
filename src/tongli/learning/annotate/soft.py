"""Soft labels: disagreement kept as the share of annotators, not voted away.

References:
    Uma et al. (2021), "Learning from disagreement: A survey", JAIR 72.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from statistics import fmean

from tongli.learning.annotate.labelstudio import Item, Judgement
from tongli.learning.data.record import Record


def soft_labels(judgements: Iterable[Judgement]) -> dict[str, dict[str, float]]:
    """Head → label → mean over the annotators who judged it.

    For chosen labels the mean is the share of annotators in 0..1; for ratings it is a number in the range of
    the scheme. What nobody judged is absent.
    """
    collected: dict[str, dict[str, list[float]]] = {}
    for judgement in judgements:
        for head, values in judgement.values.items():
            for label, value in values.items():
                collected.setdefault(head, {}).setdefault(label, []).append(value)
    return {
        head: {label: fmean(values) for label, values in labels.items()} for head, labels in collected.items()
    }


def labelled(items: Iterable[Item], *, least: int = 1) -> Iterator[Record]:
    """Records with soft labels, without those that fewer than ``least`` annotators judged.

    Labels that a record brought along stay, but for the heads that were annotated anew.
    """
    for item in items:
        if len(item.judgements) >= max(least, 1):
            yield replace(item.record, labels={**item.record.labels, **soft_labels(item.judgements)})

"""How far annotators agree: per head, label and language, and the items that divide them most."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean

import numpy as np

from tongli.core import InputError
from tongli.knowledge.schemes import SCHEMES, Kind, Scheme, Schemes
from tongli.learning.annotate.alpha import Metric, Ratings, alpha, interval
from tongli.learning.annotate.controls import Values
from tongli.learning.annotate.labelstudio import Item

ALL = "all"
"""Stands for every language, or for every label of a multi-class head together."""

_METRICS: Mapping[Kind, Metric] = {
    "multilabel": "nominal",
    "multiclass": "nominal",
    "binary": "nominal",
    "ordinal": "ordinal",
    "regression": "interval",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Krippendorff's alpha of one label in one language.

    Attributes:
        head, label, lang: what it is about; ``all`` for no single label or language.
        metric: of the values.
        alpha: at most 1; nan where undefined (one value only).
        low, high: 95 % bootstrap interval over items.
        items: items that two annotators or more judged.
    """

    head: str
    label: str
    lang: str
    metric: Metric
    alpha: float
    low: float
    high: float
    items: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """An item on which annotators disagree, 0 (not at all) to 1."""

    id: str
    lang: str
    head: str
    annotators: int
    disagreement: float


def agreements(
    items: Sequence[Item],
    *,
    by_language: bool = False,
    draws: int = 1000,
    seed: int = 0,
    schemes: Schemes = SCHEMES,
) -> list[Agreement]:
    """Alpha of each label that was annotated, in the order of the schemes.

    A multi-class head has one alpha over its classes; every other label has its own.

    Args:
        items: with their judgements.
        by_language: each language too, after the figure for all.
        draws, seed: of the bootstrap.
        schemes: of the heads that were judged.

    Raises:
        InputError: ``annotate.agreement`` when no item has two annotators.
    """
    groups = {ALL: list(items)}
    if by_language:
        for item in items:
            groups.setdefault(item.record.lang, []).append(item)
    found = []
    for scheme, label in _labels(items, schemes):
        metric = _METRICS[scheme.kind]
        for lang, members in groups.items():
            ratings = _ratings(members, scheme, label)
            paired = int(((~np.isnan(ratings)).sum(axis=0) >= 2).sum())
            if paired:
                low, high = interval(ratings, metric=metric, draws=draws, seed=seed)
                found.append(
                    Agreement(
                        head=scheme.name,
                        label=label,
                        lang=lang,
                        metric=metric,
                        alpha=alpha(ratings, metric=metric),
                        low=low,
                        high=high,
                        items=paired,
                    )
                )
    if not found:
        raise InputError(
            "annotate.agreement",
            received="no item that two annotators judged",
            allowed="at least one",
            fix="Let several annotators label the same items.",
        )
    return found


def disputes(items: Sequence[Item], *, count: int = 10, schemes: Schemes = SCHEMES) -> list[Dispute]:
    """Items with the highest mean disagreement over pairs of annotators, strongest first.

    Two annotators disagree by the Jaccard distance of their label sets in multi-label heads, by 0 or 1 in
    multi-class and binary ones, and by the mean difference over the range in ordinal and regression ones.
    """
    found = []
    for item in items:
        for head, answers in _answers(item).items():
            if len(answers) >= 2:
                pairs = combinations(answers, 2)
                found.append(
                    Dispute(
                        id=item.record.id,
                        lang=item.record.lang,
                        head=head,
                        annotators=len(answers),
                        disagreement=fmean(_distance(schemes[head], one, two) for one, two in pairs),
                    )
                )
    ranked = sorted(found, key=lambda dispute: -dispute.disagreement)
    return [dispute for dispute in ranked[:count] if dispute.disagreement > 0]


def _labels(items: Sequence[Item], schemes: Schemes) -> Iterator[tuple[Scheme, str]]:
    seen = {
        (head, label)
        for item in items
        for judgement in item.judgements
        for head, values in judgement.values.items()
        for label in values
    }
    for name, scheme in schemes.items():
        if scheme.kind == "multiclass":
            if any(head == name for head, _ in seen):
                yield scheme, ALL
        else:
            yield from ((scheme, label) for label in scheme.labels if (name, label) in seen)


def _ratings(items: Sequence[Item], scheme: Scheme, label: str) -> Ratings:
    people: dict[str, int] = {}
    cells = []
    for column, item in enumerate(items):
        for judgement in item.judgements:
            values = judgement.values.get(scheme.name, {})
            if label == ALL and values:
                value = float(scheme.labels.index(max(values, key=lambda name: values[name])))
            elif label in values:
                value = values[label]
            else:
                continue
            cells.append((people.setdefault(judgement.annotator, len(people)), column, value))
    ratings = np.full((len(people), len(items)), np.nan)
    for row, column, value in cells:
        ratings[row, column] = value
    return ratings


def _answers(item: Item) -> dict[str, list[Values]]:
    found: dict[str, list[Values]] = {}
    for judgement in item.judgements:
        for head, values in judgement.values.items():
            found.setdefault(head, []).append(values)
    return found


def _distance(scheme: Scheme, one: Values, two: Values) -> float:
    if scheme.kind in {"ordinal", "regression"}:
        shared = [label for label in one if label in two]
        span = scheme.high - scheme.low
        return fmean(abs(one[label] - two[label]) / span for label in shared) if shared else 0.0
    first, second = ({label for label, value in values.items() if value >= 0.5} for values in (one, two))
    if scheme.kind == "multilabel":
        return 1 - len(first & second) / len(first | second) if first | second else 0.0
    return float(first != second)

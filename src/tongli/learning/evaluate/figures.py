"""Every figure of one head on one data set: measures, labels, groups, reliability, odds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import partial

import numpy as np

from tongli.knowledge.schemes import SCHEMES, Schemes
from tongli.learning import metrics
from tongli.learning.data.record import Record
from tongli.learning.evaluate.measures import MEASURES, Measure, main_measure
from tongli.learning.evaluate.odds import Gap, equalised_odds
from tongli.learning.evaluate.resample import Estimate, Resampling, estimate
from tongli.learning.evaluate.sheet import Line, Rows, Sheet, annotated, make_sheet

FEWEST = 20
"""Records that a group needs to be named the worst one, or to count in equalised odds."""

GROUP_FIELDS = tuple(item.name for item in fields(Record) if item.name not in {"id", "text", "labels"})
"""Fields of a record by which figures can be grouped."""

_BINS = 10
_NUMBERS = {"ordinal", "regression"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The main measure in one group of records."""

    name: str
    records: int
    figure: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """The main measure in every group of a field.

    Attributes:
        field: of the record.
        groups: by name; records without a value form no group.
        mean: over groups, each counted once.
        worst: name of the worst group of at least 20 records, empty when there is none.
        odds: widest equalised-odds gaps between groups, for heads that decide.
    """

    field: str
    groups: tuple[Group, ...]
    mean: float
    worst: str
    odds: tuple[Gap, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Predictions of about one probability: how many, their mean, and the share that was true."""

    count: int
    predicted: float
    observed: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All figures of a head.

    Attributes:
        head, kind, main: name, kind of scheme, main measure.
        records: annotated for this head.
        coverage: share of them on which the head did not abstain.
        measures: name → figure with its interval.
        labels: label → (its F1, or Pearson's r for numbers; annotated texts with it).
        by: groupings.
        reliability: ten bins of equal width, empty ones left out; none for numbers.
    """

    head: str
    kind: str
    main: str
    records: int
    coverage: float
    measures: Mapping[str, Estimate]
    labels: Mapping[str, tuple[float, int]]
    by: tuple[Grouping, ...]
    reliability: tuple[Bin, ...]


def measure_head(
    head: str,
    records: Sequence[Record],
    lines: Sequence[Line],
    *,
    by: Sequence[str],
    how: Resampling,
    schemes: Schemes = SCHEMES,
) -> Figures:
    """Measure one head on the records that are annotated for it.

    Args:
        head: its name.
        records, lines: what people and the model said, in the same order.
        by: fields of a record to group by.
        how: resampling of the intervals.
        schemes: of all heads.

    Raises:
        ConfigError: ``evaluate.head``.
    """
    places = annotated(records, head)
    own = [records[place] for place in places]
    sheet = make_sheet(head, own, [lines[place] for place in places], schemes=schemes)
    kind = sheet.scheme.kind
    measures = MEASURES[kind]
    return Figures(
        head=head,
        kind=kind,
        main=main_measure(kind),
        records=len(own),
        coverage=float(1 - sheet.abstained.mean()) if own else np.nan,
        measures={name: _estimate(measure, sheet, how=how) for name, measure in measures.items()},
        labels=_labels(sheet),
        by=tuple(_grouping(sheet, own, field=field, how=how) for field in by),
        reliability=() if kind in _NUMBERS else reliability(sheet),
    )


def reliability(sheet: Sheet) -> tuple[Bin, ...]:
    """Predicted against observed, all labels pooled, in bins of equal width.

    References:
        DeGroot and Fienberg (1983), "The comparison and evaluation of forecasters".
    """
    known = ~np.isnan(sheet.targets)
    values, targets = sheet.values[known], sheet.targets[known]
    place = np.minimum((values * _BINS).astype(int), _BINS - 1)
    return tuple(
        Bin(
            count=int((place == at).sum()),
            predicted=float(values[place == at].mean()),
            observed=float(targets[place == at].mean()),
        )
        for at in np.unique(place).tolist()
    )


def _estimate(measure: Measure, sheet: Sheet, *, how: Resampling) -> Estimate:
    return estimate(partial(_on_rows, measure, sheet), len(sheet), how=how)


def _on_rows(measure: Measure, sheet: Sheet, rows: Rows) -> float:
    return measure(sheet.take(rows))


def _labels(sheet: Sheet) -> dict[str, tuple[float, int]]:
    found = {}
    for column, label in enumerate(sheet.labels):
        target = sheet.targets[:, column]
        if sheet.scheme.kind in _NUMBERS:
            figure, count = metrics.pearson(sheet.values[:, column], target), int((target > 0).sum())
        else:
            truth = sheet.truth[:, column]
            figure, count = metrics.f1(sheet.decided[:, column], truth), int(np.nansum(truth))
        found[label] = (figure if not np.isnan(target).all() else np.nan, count)
    return found


def _grouping(sheet: Sheet, records: Sequence[Record], *, field: str, how: Resampling) -> Grouping:
    names = np.asarray([getattr(record, field) or "" for record in records], str)
    main = main_measure(sheet.scheme.kind)
    measure = MEASURES[sheet.scheme.kind][main]
    groups = []
    for name in sorted({str(name) for name in names} - {""}):
        own = sheet.take(np.flatnonzero(names == name))
        groups.append(Group(name=name, records=len(own), figure=_estimate(measure, own, how=how)))
    defined = [group for group in groups if not np.isnan(group.figure.value)]
    ranked = sorted((group.figure.value, group.name) for group in defined if group.records >= FEWEST)
    worst = ranked[0][1] if ranked else ""
    odds: list[Gap] = []
    if sheet.scheme.kind not in _NUMBERS and len(groups) > 1:
        odds = equalised_odds(
            sheet.decided, sheet.truth, labels=sheet.labels, groups=names.tolist(), fewest=FEWEST
        )
    return Grouping(
        field=field,
        groups=tuple(groups),
        mean=float(np.mean([group.figure.value for group in defined])) if defined else np.nan,
        worst=worst,
        odds=tuple(odds),
    )

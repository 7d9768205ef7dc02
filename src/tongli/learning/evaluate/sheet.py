"""What one head said of each record beside what people said: the arrays that every measure reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tongli.core import ConfigError, FloatArray
from tongli.knowledge.schemes import SCHEMES, Scheme, Schemes
from tongli.learning.data.record import Record, target_of
from tongli.learning.metrics import Mask

Line = Mapping[str, Any]
"""One line of ``tongli annotate``, as :meth:`tongli.core.Reading.to_dict` makes it."""

Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Predictions and annotations of one head, a row a record; nan is what nobody annotated.

    A binary head has two columns here, the negative class first, so that it is measured as a choice of two.

    Attributes:
        scheme: of the head.
        labels: names of the columns.
        values: ``(records, labels)``, calibrated values.
        decided: ``(records, labels)``, labels decided; the most probable one for a head of one choice.
        abstained: ``(records,)``, the head declined to decide.
        targets: ``(records, labels)``, shares of annotators or numbers as annotated.
        truth: ``(records, labels)``, 1 where a label holds and 0 where not; for a head of one choice the
            most frequent label, and nan when two are equally frequent.
    """

    scheme: Scheme
    labels: tuple[str, ...]
    values: FloatArray
    decided: Mask
    abstained: Mask
    targets: FloatArray
    truth: FloatArray

    def take(self, rows: Rows) -> Sheet:
        """The sheet of some rows, repeated ones too."""
        return Sheet(
            scheme=self.scheme,
            labels=self.labels,
            values=self.values[rows],
            decided=self.decided[rows],
            abstained=self.abstained[rows],
            targets=self.targets[rows],
            truth=self.truth[rows],
        )

    def __len__(self) -> int:
        return len(self.values)


def annotated(records: Sequence[Record], head: str) -> list[int]:
    """Places of the records that somebody annotated for a head."""
    return [place for place, record in enumerate(records) if record.labels.get(head)]


def make_sheet(
    head: str, records: Sequence[Record], lines: Sequence[Line], *, schemes: Schemes = SCHEMES
) -> Sheet:
    """The sheet of one head.

    Args:
        head: name of its scheme.
        records: what people said.
        lines: what the model said, one a record, in the same order.
        schemes: of all heads.

    Raises:
        ConfigError: ``evaluate.head`` when a line has no scores of the head.
    """
    scheme = schemes[head]
    values = np.asarray([_values(line, scheme) for line in lines], np.float32)
    targets = np.asarray([target_of(record, scheme) for record in records], np.float32)
    values, targets = (array.reshape(len(records), len(scheme.labels)) for array in (values, targets))
    claimed = [decided_labels(line, scheme) for line in lines]
    labels = scheme.labels
    if scheme.kind == "binary":
        labels = (f"not {labels[0]}", labels[0])
        values, targets = np.hstack([1 - values, values]), np.hstack([1 - targets, targets])
    chosen = [[label in found for label in labels] for found in claimed]
    decided = np.asarray(chosen, bool).reshape(values.shape)
    truth = np.where(np.isnan(targets), np.nan, targets > 0.5).astype(np.float32)
    if scheme.kind in {"binary", "multiclass"}:
        decided, truth = _highest(values) == 1, _highest(targets)
    return Sheet(
        scheme=scheme,
        labels=labels,
        values=values,
        decided=decided,
        abstained=np.asarray([any(_abstentions(line, scheme)) for line in lines], bool),
        targets=targets,
        truth=truth,
    )


def sheet_of(scheme: Scheme, records: Sequence[Record], *, values: FloatArray, limits: FloatArray) -> Sheet:
    """The sheet of calibrated values and the thresholds that decide them, both ``(records, labels)``."""
    lines = [
        {
            "scores": {scheme.name: dict(zip(scheme.labels, row, strict=True))},
            "claims": [
                {"dimension": scheme.dimension, "scheme": scheme.name, "label": label, "abstained": False}
                for label, value, least in zip(scheme.labels, row, lowest, strict=True)
                if value >= least
            ],
        }
        for row, lowest in zip(values.tolist(), limits.tolist(), strict=True)
    ]
    return make_sheet(scheme.name, records, lines, schemes={scheme.name: scheme})


def decided_labels(line: Line, scheme: Scheme) -> frozenset[str]:
    """Labels that a head decided for a text, from its claims; empty when it abstained."""
    return frozenset(str(claim["label"]) for claim in _claims(line, scheme) if not claim["abstained"])


def values_of(line: Line, scheme: Scheme) -> dict[str, float]:
    """Label → calibrated value.

    Raises:
        ConfigError: ``evaluate.head``.
    """
    return dict(zip(scheme.labels, _values(line, scheme), strict=True))


def _values(line: Line, scheme: Scheme) -> list[float]:
    found = line["scores"].get(scheme.name)
    if isinstance(found, Mapping) and set(found) == set(scheme.labels):
        return [float(found[label]) for label in scheme.labels]
    if isinstance(found, (int, float)) and len(scheme.labels) == 1:
        return [float(found)]
    raise ConfigError(
        "evaluate.head",
        received=f"predictions without scores of {scheme.name}",
        allowed="a value for each of its labels",
        fix="Annotate again with this head, or leave it out with --heads.",
    )


def _highest(values: FloatArray) -> FloatArray:
    """1 at the highest value of each row, 0 elsewhere; nan in rows without a single highest one."""
    known = ~np.isnan(values).any(axis=1, keepdims=True)
    filled = np.where(np.isnan(values), -np.inf, values)
    best = filled == filled.max(axis=1, keepdims=True)
    single = known & (best.sum(axis=1, keepdims=True) == 1)
    return np.where(single, best, np.nan).astype(np.float32)


def _claims(line: Line, scheme: Scheme) -> Iterator[Mapping[str, Any]]:
    for claim in line["claims"]:
        of_head = scheme.dimension != "emotion" or claim.get("scheme") == scheme.name
        if claim["dimension"] == scheme.dimension and of_head:
            yield claim


def _abstentions(line: Line, scheme: Scheme) -> Iterator[bool]:
    return (bool(claim["abstained"]) for claim in _claims(line, scheme))

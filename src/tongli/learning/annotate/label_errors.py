"""Labels that are probably wrong, found by confident learning.

References:
    Northcutt, Jiang and Chuang (2021), "Confident learning: Estimating uncertainty in dataset labels", JAIR.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tongli.core import ConfigError, FloatArray, InputError
from tongli.knowledge.schemes import SCHEMES, Scheme, Schemes
from tongli.learning.data.record import Record, target_of
from tongli.learning.extra import require

FEWEST = 5
"""Examples that each side of a question needs: with fewer, its noise cannot be estimated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspect:
    """A label that the model contradicts more than noise explains.

    Attributes:
        row: of the record.
        id, lang: of the record.
        head, label: the label in question; of a multi-class head, the given class.
        given: what the record says, 0..1 (a share of annotators, or 0 or 1).
        predicted: probability of the label under the model, 0..1.
        quality: 0 (surely wrong) to 1 (surely right): probability of what was given.
    """

    row: int
    id: str
    lang: str
    head: str
    label: str
    given: float
    predicted: float
    quality: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One choice that annotators made for many records.

    Attributes:
        rows: of the records in which it was made, m of them.
        labels: the classes, or the one label that was chosen or not.
        given: the choice, ``(m,)``: index of the class, or 1 for chosen.
        chances: its probabilities, ``(m, classes)``, or ``(m, 2)`` for not chosen and chosen.
    """

    rows: NDArray[np.intp]
    labels: tuple[str, ...]
    given: NDArray[np.intp]
    chances: FloatArray

    @property
    def enough(self) -> bool:
        """Whether every answer was given often enough."""
        return bool(np.bincount(self.given, minlength=self.chances.shape[1]).min() >= FEWEST)


def label_errors(
    records: Sequence[Record], predicted: Mapping[str, FloatArray], *, schemes: Schemes = SCHEMES
) -> list[Suspect]:
    """Suspicious labels, the most suspicious first.

    Each label of a multi-label head is judged on its own, over the records in which it was annotated. Soft
    labels count as given from one half on.

    Args:
        records: n of them, with labels.
        predicted: head → probabilities ``(n, labels)``, of a model that did not learn from these records if
            at all possible.
        schemes: of the heads.

    Raises:
        ConfigError: ``extra.missing`` without cleanlab, ``errors.head`` for a head without probabilities.
        InputError: ``errors.few`` when no label has enough examples.
    """
    find, rank = _cleanlab()
    asked = [
        (head, question)
        for head, values in predicted.items()
        for question in questions(records, schemes[head], values)
        if question.enough
    ]
    if not asked:
        raise InputError(
            "errors.few",
            received="no label with enough examples",
            allowed=f"a label with at least {FEWEST} examples of each answer",
            fix="Give more labelled records, or other heads.",
        )
    found: list[Suspect] = []
    for head, question in asked:
        issues = find.find_label_issues(question.given, question.chances, n_jobs=1)
        qualities = rank.get_label_quality_scores(question.given, question.chances)
        found += [
            _suspect(records, head, question, place, quality=float(qualities[place]))
            for place in np.flatnonzero(issues).tolist()
        ]
    return sorted(found, key=lambda suspect: (suspect.quality, suspect.row))


def questions(records: Sequence[Record], scheme: Scheme, values: FloatArray) -> Iterator[Question]:
    """One question a label, or one for all classes of a multi-class head.

    Args:
        records: n of them.
        scheme: of the head; raises ``ConfigError`` (``errors.head``) for one without probabilities.
        values: probabilities ``(n, labels)``.
    """
    if scheme.kind in {"ordinal", "regression"}:
        raise ConfigError(
            "errors.head",
            received=f"{scheme.name}, which gives values and no probabilities",
            allowed="multi-label, multi-class and binary heads",
            fix="Leave this head out.",
        )
    given = np.array([target_of(record, scheme) for record in records], np.float64)
    given = given.reshape(len(records), len(scheme.labels))
    if scheme.kind == "multiclass":
        rows = np.flatnonzero(~np.isnan(given).any(axis=1))
        classes = given[rows].argmax(axis=1)
        yield Question(rows=rows, labels=scheme.labels, given=classes, chances=values[rows])
        return
    for column, label in enumerate(scheme.labels):
        rows = np.flatnonzero(~np.isnan(given[:, column]))
        chosen = (given[rows, column] >= 0.5).astype(np.intp)
        chance = values[rows, column]
        yield Question(
            rows=rows, labels=(label,), given=chosen, chances=np.stack([1 - chance, chance], axis=1)
        )


def _suspect(
    records: Sequence[Record], head: str, question: Question, place: int, *, quality: float
) -> Suspect:
    row = int(question.rows[place])
    record = records[row]
    several = len(question.labels) > 1
    label = question.labels[question.given[place] if several else 0]
    return Suspect(
        row=row,
        id=record.id,
        lang=record.lang,
        head=head,
        label=label,
        given=float(record.labels[head][label]),
        predicted=round(float(question.chances[place, question.given[place] if several else 1]), 4),
        quality=round(quality, 4),
    )


def _cleanlab() -> tuple[Any, Any]:
    require("a search for wrong labels", "cleanlab")
    return import_module("cleanlab.filter"), import_module("cleanlab.rank")

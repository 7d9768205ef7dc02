"""Whether augmentation helps: the same small head trained with and without it, measured on the same records.

Both bags make the same number of passes over their data, on the encoder's frozen features, and decide by
thresholds from their own out-of-fold predictions on the collected records.

References:
    Dror et al. (2018), "The hitchhiker's guide to testing statistical significance in NLP", ACL.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from itertools import count
from typing import Any

import numpy as np

from tongli.core import FloatArray, InputError
from tongli.emotion.card import Card
from tongli.emotion.head import calibrate
from tongli.knowledge.schemes import Scheme
from tongli.learning.bag import fit_bag
from tongli.learning.calibrate import fit_card, plain_card
from tongli.learning.data.record import Record, target_of
from tongli.learning.evaluate.measures import MEASURES, main_measure
from tongli.learning.evaluate.resample import Difference, Resampling, compare
from tongli.learning.evaluate.sheet import Sheet, annotated, sheet_of
from tongli.learning.tasks import Task, task_of

Features = Callable[[Sequence[str]], FloatArray]

_FEWEST = 20
"""Labelled records of each side below which nothing can be said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """What augmentation changes for one head.

    Attributes:
        head: its name.
        measure: name of the measure, macro-F1 but for heads of numbers.
        records: dev records.
        without, with_: the measure.
        difference: with minus without, paired.
    """

    head: str
    measure: str
    records: int
    without: float
    with_: float
    difference: Difference

    @property
    def proven(self) -> bool:
        """The interval of the difference does not hold 0."""
        return not self.difference.delta.low <= 0 <= self.difference.delta.high

    def to_dict(self) -> dict[str, Any]:
        """The figures as plain data."""
        return {
            "head": self.head,
            "measure": self.measure,
            "records": self.records,
            "without": self.without,
            "with": self.with_,
            "difference": asdict(self.difference.delta),
            "bootstrap_p": self.difference.bootstrap_p,
            "randomisation_p": self.difference.randomisation_p,
            "proven": self.proven,
        }


def measure_gain(
    train: Sequence[Record],
    made: Sequence[Record],
    dev: Sequence[Record],
    *,
    scheme: Scheme,
    features: Features,
    task: Task | None = None,
    how: Resampling | None = None,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Gain:
    """Train twice and compare.

    Args:
        train: the collected records.
        made: the records made from them.
        dev: records to measure on, none of them in ``train``.
        scheme: of the head to learn.
        features: of the encoder, ``(texts, width)``.
        task: recipe; ``None`` takes that of the head.
        how: bootstrap; its seed is that of the training too.
        progress: called with networks trained and their number.

    Raises:
        InputError: ``augment.few`` when fewer than 20 records of a side have labels of the head.
    """
    how = how or Resampling()
    train, dev = _labelled(train, scheme.name), _labelled(dev, scheme.name)
    made = [made[place] for place in annotated(made, scheme.name)]
    task = task or task_of(scheme.name)
    rows = features([record.text for record in dev])
    done = count(1)
    total = 2 * task.folds

    def tell(_line: str) -> None:
        progress(next(done), total)

    sheets = [
        _sheet(
            [*train, *extra], dev, rows, scheme=scheme, features=features, task=task, seed=how.seed, tell=tell
        )
        for extra in ((), made)
    ]
    name = main_measure(scheme.kind)
    measure = MEASURES[scheme.kind][name]
    return Gain(
        head=scheme.name,
        measure=name,
        records=len(dev),
        without=measure(sheets[0]),
        with_=measure(sheets[1]),
        difference=compare(measure, sheets[1], sheets[0], how=how),
    )


def _sheet(
    records: Sequence[Record],
    dev: Sequence[Record],
    rows: FloatArray,
    *,
    scheme: Scheme,
    features: Features,
    task: Task,
    seed: int,
    tell: Callable[[str], None],
) -> Sheet:
    targets = np.asarray([target_of(record, scheme) for record in records], np.float32)
    bag = fit_bag(
        features([record.text for record in records]),
        targets,
        groups=[record.parent or record.id for record in records],
        languages=[record.lang for record in records],
        kind=scheme.kind,
        task=task,
        seed=seed,
        tell=tell,
    )
    own = [place for place, record in enumerate(records) if not record.made_by]
    card = fit_card(
        plain_card(scheme),
        bag.out_of_fold[own],
        targets[own],
        languages=[records[place].lang for place in own],
    )
    return _read(card, bag.arrays.logits(rows), dev)


def _read(card: Card, logits: FloatArray, dev: Sequence[Record]) -> Sheet:
    tags = [record.lang for record in dev]
    limits = np.asarray([card.thresholds.of(tag) for tag in tags], np.float32)
    return sheet_of(card.scheme, dev, values=calibrate(logits, card=card, languages=tags), limits=limits)


def _labelled(records: Sequence[Record], head: str) -> list[Record]:
    found = [records[place] for place in annotated(records, head) if records[place].text.strip()]
    if len(found) < _FEWEST:
        raise InputError(
            "augment.few",
            received=f"{len(found)} texts with labels of {head}",
            allowed=f"at least {_FEWEST} on each side",
            fix="Give more labelled records, or measure another head with --heads.",
        )
    return found

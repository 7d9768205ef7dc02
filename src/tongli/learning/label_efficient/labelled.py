"""Texts with labels of one head, grouped so that what was made from one text never lies on both sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tongli.core import ConfigError, FloatArray, InputError
from tongli.knowledge.schemes import SCHEMES, Kind, Scheme, Schemes
from tongli.learning.data.lineage import roots
from tongli.learning.data.normal import normal_form
from tongli.learning.data.record import Record, target_of
from tongli.learning.evaluate.sheet import annotated
from tongli.learning.tasks import Example

Rows = NDArray[np.intp]

DECIDING: frozenset[Kind] = frozenset({"multilabel", "multiclass", "binary"})
"""Kinds whose values are probabilities, which can be confident."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """n texts.

    Attributes:
        scheme: of the head.
        records: n records with labels of the head.
        targets: ``(n, labels)``, nan where not annotated.
        groups: records of one group share text or origin.
    """

    scheme: Scheme
    records: tuple[Record, ...]
    targets: FloatArray
    groups: tuple[str, ...]

    @property
    def head(self) -> str:
        """Its name."""
        return self.scheme.name

    @property
    def languages(self) -> list[str]:
        """Tag of each text."""
        return [record.lang for record in self.records]

    @property
    def texts(self) -> list[str]:
        """The texts."""
        return [record.text for record in self.records]

    def take(self, rows: Rows | Sequence[int]) -> Labelled:
        """Some of the texts."""
        rows = np.asarray(rows, np.intp)
        return Labelled(
            scheme=self.scheme,
            records=tuple(self.records[row] for row in rows),
            targets=self.targets[rows],
            groups=tuple(self.groups[row] for row in rows),
        )

    def __len__(self) -> int:
        return len(self.records)


def gather(records: Sequence[Record], head: str, *, schemes: Schemes = SCHEMES) -> Labelled:
    """The records with a text and labels of a head, one of the schemes."""
    kept = [records[row] for row in annotated(records, head) if records[row].text.strip()]
    scheme = schemes[head]
    found: dict[str, tuple[str, str]] = {}
    groups = [
        "\0".join(found.setdefault(normal_form(record.text), root))
        for record, root in zip(kept, roots(kept, records), strict=True)
    ]
    targets = np.asarray([target_of(record, scheme) for record in kept], np.float32)
    return Labelled(
        scheme=scheme,
        records=tuple(kept),
        targets=targets.reshape(len(kept), len(scheme.labels)),
        groups=tuple(groups),
    )


def as_records(examples: Sequence[Example], head: str) -> list[Record]:
    """Examples of the public sets as records."""
    labels = SCHEMES[head].labels
    return [
        Record(
            id=f"{example.source}-{number}",
            text=example.text,
            lang=example.lang,
            source=example.source,
            labels={
                head: {
                    label: value
                    for label, value in zip(labels, example.target.tolist(), strict=True)
                    if not np.isnan(value)
                }
            },
        )
        for number, example in enumerate(examples)
    ]


def require(labelled: Labelled, *, least: int) -> None:
    """Raise ``InputError``: ``labels.few`` or ``train.one-class``."""
    if len(set(labelled.groups)) < least:
        raise InputError(
            "labels.few",
            received=f"{len(set(labelled.groups)):,} different texts with labels of {labelled.head}",
            allowed=f"at least {least}",
            fix=f"Add records with labels of {labelled.head}, or name another head with --head.",
        )
    if all(len(np.unique(column[~np.isnan(column)])) < 2 for column in labelled.targets.T):
        raise InputError(
            "train.one-class",
            received=f"{len(labelled):,} texts of {labelled.head} that all have the same labels",
            allowed="texts that differ in at least one label",
            fix="Add texts with other labels; absent labels are not negatives, give them the value 0.",
        )


def require_deciding(scheme: Scheme) -> None:
    """Raise ``ConfigError`` (``labels.numbers``) for a head that gives numbers, not probabilities."""
    if scheme.kind not in DECIDING:
        raise ConfigError(
            "labels.numbers",
            received=f"{scheme.name}, which gives numbers",
            allowed="multi-label, multi-class and binary heads",
            fix="Choose such a head.",
        )


def fold_of(groups: Sequence[str], folds: int, *, seed: int) -> Rows:
    """The fold of each text, ``(n,)``; a group lies in one fold."""
    place = {group: index for index, group in enumerate(dict.fromkeys(groups))}
    fold = np.random.default_rng(seed).permutation(len(place)) % folds
    return np.asarray([fold[place[group]] for group in groups], np.intp)

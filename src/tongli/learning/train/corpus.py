"""What a run learns from and is measured on: the sets of the shipped recipe, or files of records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import numpy as np

from tongli.core import InputError
from tongli.knowledge.schemes import SCHEMES, Scheme
from tongli.learning.data.licences import Verdict, check_licences
from tongli.learning.data.record import Record, read_records, target_of
from tongli.learning.tasks import TASKS, DataSet, Example, load

Examples = Mapping[str, Sequence[Example]]
"""Head → examples."""

NONE: Mapping[str, Scheme] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """Examples of every head.

    Attributes:
        train: to learn from.
        dev: to report on; never learnt from, nor used to calibrate.
        verdict: what the licences of the training data allow.
        unlabelled: texts by which languages that are not learnt are centred; their labels are unknown.
        everyday: texts that say of themselves which forms are marked in them, if any.
    """

    train: Examples
    dev: Examples
    verdict: Verdict
    unlabelled: Examples = field(default_factory=dict)
    everyday: Examples = field(default_factory=dict)


def from_tasks(heads: Iterable[str], *, data: Path) -> Corpus:
    """The public sets named in tongli.learning.tasks.

    Args:
        heads: names of heads.
        data: folder of the data sets.

    Raises:
        InputError: ``data.missing`` or ``data.broken``.
    """
    tasks = [TASKS[head] for head in heads]
    sets = [part for task in tasks for part in (*task.train, *task.unlabelled, *task.everyday)]
    return Corpus(
        train={task.head: load(task.train, data=data) for task in tasks},
        dev={task.head: load(task.dev, data=data) for task in tasks},
        verdict=check_licences(_as_records(sets)),
        unlabelled={task.head: load(task.unlabelled, data=data) for task in tasks if task.unlabelled},
        everyday={task.head: load(task.everyday, data=data) for task in tasks if task.everyday},
    )


def from_records(
    heads: Iterable[str],
    *,
    train: Sequence[Path],
    dev: Sequence[Path],
    research_only: bool,
    own: Mapping[str, Scheme] = NONE,
) -> Corpus:
    """Files of records, as ``tongli learn import`` writes them.

    Args:
        heads: names of heads; every one needs examples.
        train, dev: JSONL files.
        research_only: go on with data that may not be released; the cards then say so.
        own: schemes that are not built in, which records may also have labels of.

    Raises:
        ConfigError: ``licence.not-free``.
        InputError: ``train.empty`` or ``train.one-class``, and those of :func:`read_records`.
        StorageError: ``record.unreadable``.
    """
    schemes = {**SCHEMES, **own}
    learnt = [record for path in train for record in read_records(path, schemes=schemes)]
    measured = [record for path in dev for record in read_records(path, schemes=schemes)]
    heads = list(heads)
    corpus = Corpus(
        train={head: _examples(learnt, schemes[head]) for head in heads},
        dev={head: _examples(measured, schemes[head]) for head in heads},
        verdict=check_licences(learnt, research_only=research_only),
    )
    for head, examples in corpus.train.items():
        _require_contrast(examples, head=head)
    return corpus


def _examples(records: Iterable[Record], scheme: Scheme) -> list[Example]:
    return [
        Example(record.text, record.lang, np.array(target_of(record, scheme), np.float32), record.source)
        for record in records
        if record.labels.get(scheme.name) and record.text.strip()
    ]


def _require_contrast(examples: Sequence[Example], *, head: str) -> None:
    if not examples:
        raise InputError(
            "train.empty",
            received=f"no text with labels of {head}",
            allowed="at least one labelled text a head",
            fix=f"Add records with labels of {head}, or take it out of the recipe.",
        )
    targets = np.stack([example.target for example in examples])
    if all(len(np.unique(column[~np.isnan(column)])) < 2 for column in targets.T):
        raise InputError(
            "train.one-class",
            received=f"{len(examples):,} texts of {head} that all have the same labels",
            allowed="texts that differ in at least one label",
            fix="Add texts with other labels; absent labels are not negatives, give them the value 0.",
        )


def _as_records(sets: Iterable[DataSet]) -> list[Record]:
    """One record a set, for the licence gate."""
    return [Record(id=part.path, text="-", source=part.name, licence=part.licence) for part in sets]

"""Everything that ``tongli learn check`` looks for, and a repaired copy of the records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tongli.core import InputError
from tongli.knowledge.schemes import SCHEMES, Scheme
from tongli.learning.data.duplicates import NEAR, Duplicate, find_duplicates
from tongli.learning.data.leakage import Leak, find_leaks
from tongli.learning.data.licences import Verdict, judge
from tongli.learning.data.readers import read_rows
from tongli.learning.data.record import Record, parse, repeated_id
from tongli.learning.data.statistics import Statistics, count

Progress = Callable[[str, int], None]
"""Called with what is being done, and how many rows or texts are done."""


@dataclass(slots=True)
class Collection:
    """Records of several files.

    Attributes:
        records: every row that is a record, in order.
        places: where each stands, such as ``train.jsonl:12``.
        errors: the rows that are none.
    """

    records: list[Record] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    errors: list[InputError] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What was found in ``train``; see the functions that find it.

    Attributes:
        train, held_out: what was looked at.
        statistics: of ``train``.
        verdict: of the licences of ``train``.
        duplicates, leaks: rows of ``train`` that should go.
    """

    train: Collection
    held_out: Collection
    statistics: Statistics
    verdict: Verdict
    duplicates: list[Duplicate]
    leaks: list[Leak]

    @property
    def clean(self) -> bool:
        """Nothing needs a person, licences aside."""
        return not (self.train.errors or self.held_out.errors or self.duplicates or self.leaks)

    def to_dict(self) -> dict[str, Any]:
        """The findings as plain data: places and numbers, never a text."""
        return {
            **self.statistics.to_dict(),
            "errors": [error.to_dict() for error in (*self.train.errors, *self.held_out.errors)],
            "licence": self.verdict.to_dict(),
            "duplicates": [
                {
                    "row": self.train.places[item.dropped],
                    "of": self.train.places[item.kept],
                    "kind": "exact" if item.exact else "near",
                    "resemblance": round(item.resemblance, 4),
                    "conflicts": list(item.conflicts),
                }
                for item in self.duplicates
            ],
            "leaks": [
                {
                    "row": self.train.places[item.train],
                    "of": self.held_out.places[item.held_out],
                    "kind": item.kind,
                    "resemblance": round(item.resemblance, 4),
                }
                for item in self.leaks
            ],
        }


def load(
    paths: Iterable[Path],
    *,
    schemes: Mapping[str, Scheme] = SCHEMES,
    progress: Progress | None = None,
) -> Collection:
    """Read files of records, plain or gzip; a row that is not a record is noted and left out.

    Args:
        paths: of the files.
        schemes: of the heads that labels may be of.
        progress: called now and then.

    Raises:
        InputError: ``import.missing``.
        StorageError: ``import.unreadable``.
    """
    found = Collection()
    for path in paths:
        ids: set[str] = set()
        for row in read_rows(path, file_format="jsonl"):
            place = f"{path.name}:{row.line}"
            try:
                record = _record(row.cells, ids, place=place, schemes=schemes)
            except InputError as error:
                found.errors.append(error)
            else:
                found.records.append(record)
                found.places.append(place)
            if progress is not None:
                progress(f"Reading {path.name}", row.line)
    return found


def inspect(
    train: Collection,
    held_out: Collection | None = None,
    *,
    near: float | None = NEAR,
    research_only: bool = False,
    progress: Progress | None = None,
) -> Findings:
    """Look for everything; nothing is changed and no licence stops it.

    Args:
        train: what is to be learnt from.
        held_out: what is measured on.
        near: least resemblance of near duplicates in 0..1; ``None`` looks for equal texts only.
        research_only: see :func:`tongli.learning.data.licences.check_licences`.
        progress: called now and then.
    """
    held_out = held_out or Collection()
    return Findings(
        train=train,
        held_out=held_out,
        statistics=count(train.records),
        verdict=judge(train.records, research_only=research_only),
        duplicates=find_duplicates(
            train.records, near=near, progress=_named(progress, "Looking for duplicates")
        ),
        leaks=find_leaks(
            train.records, held_out.records, near=near, progress=_named(progress, "Looking for leaks")
        ),
    )


def repaired(findings: Findings, *, drop_conflicts: bool = False) -> list[Record]:
    """The training records without duplicates and leaks.

    Args:
        findings: of :func:`inspect`.
        drop_conflicts: also leave out the kept row of duplicates that disagree, rather than trust the first.

    Raises:
        InputError: ``record.repeated`` when rows of different files share an id.
    """
    dropped = {item.dropped for item in findings.duplicates} | {item.train for item in findings.leaks}
    if drop_conflicts:
        dropped |= {item.kept for item in findings.duplicates if item.conflicts}
    records = [record for index, record in enumerate(findings.train.records) if index not in dropped]
    _require_unique(records)
    return records


def _require_unique(records: Sequence[Record]) -> None:
    counts = Counter(record.id for record in records)
    if repeated := sum(times - 1 for times in counts.values()):
        raise InputError(
            "record.repeated",
            received=f"{repeated:,} ids that several files use for different records",
            allowed="ids that differ in the files that are joined",
            fix="Repair one file at a time, or import them again with ids of their own.",
        )


def _record(cells: object, ids: set[str], *, place: str, schemes: Mapping[str, Scheme]) -> Record:
    if isinstance(cells, InputError):
        raise cells
    record = parse(cells, place=place, schemes=schemes)
    if record.id in ids:
        raise repeated_id(place)
    ids.add(record.id)
    return record


def _named(progress: Progress | None, what: str) -> Callable[[int], None] | None:
    return None if progress is None else lambda done: progress(what, done)

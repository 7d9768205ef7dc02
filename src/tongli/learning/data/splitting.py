"""Records to learn from and records to measure on: what resembles one another stays together.

A split by rows alone puts a message into one file and its copy into the other, and then measures memory.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tongli.core import ConfigError, InputError
from tongli.learning.data.duplicates import NEAR
from tongli.learning.data.leakage import find_leaks, form_of
from tongli.learning.data.lineage import roots
from tongli.learning.data.minhash import similar_pairs
from tongli.learning.data.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Halves:
    """Both parts, each in the order of the file."""

    train: tuple[Record, ...]
    dev: tuple[Record, ...]


def split(
    records: Sequence[Record],
    *,
    share: float,
    near: float = NEAR,
    progress: Callable[[int], None] | None = None,
) -> Halves:
    """Put a share of the records aside to measure on.

    Records with equal or nearly equal texts, and those made from one another, form a group, which is on one
    side as a whole: no record of ``train`` leaks into ``dev`` by :func:`find_leaks`. The side is that of a
    hash of the group's first text in order, so rows that are added later move few others.

    Args:
        records: all.
        share: of the groups to put aside, between 0 and 1.
        near: least resemblance in 0..1 of nearly equal texts; 1 for equal ones only.
        progress: called with the number of texts that are done.

    Raises:
        ConfigError: ``split.share``.
        InputError: ``split.one-side`` when a side would be empty.
    """
    if not 0 < share < 1:
        raise ConfigError(
            "split.share", received=f"{share:g}", allowed="a number between 0 and 1", fix="Take 0.2."
        )
    forms = [form_of(record) for record in records]
    groups = _grouped(records, forms, near=near, progress=progress)
    leaking = True
    while leaking:  # pairs in a crowd of alike texts are found in part, other parts of it when it is split
        aside = _aside(groups, forms, share=share)
        train = [index for index, held in enumerate(aside) if not held]
        dev = [index for index, held in enumerate(aside) if held]
        leaks = find_leaks(
            [records[index] for index in train],
            [records[index] for index in dev],
            near=near if near < 1 else None,
        )
        for leak in leaks:
            groups.join(train[leak.train], dev[leak.held_out])
        leaking = bool(leaks)
    if not (train and dev):
        raise InputError(
            "split.one-side",
            received=f"{len(records):,} records in {groups.count:,} groups of texts that are alike",
            allowed="texts that differ, and enough of them for a share of each side",
            fix="Add texts, choose a larger share, or a higher --near.",
        )
    return Halves(train=tuple(records[i] for i in train), dev=tuple(records[i] for i in dev))


class _Groups:
    """Disjoint sets of rows (Tarjan 1975, union by the smaller row, with path halving)."""

    def __init__(self, count: int) -> None:
        self._above = list(range(count))

    def of(self, row: int) -> int:
        """The row that stands for its group."""
        above = self._above
        while above[row] != row:
            above[row] = above[above[row]]
            row = above[row]
        return row

    def join(self, one: int, other: int) -> None:
        low, high = sorted((self.of(one), self.of(other)))
        self._above[high] = low

    @property
    def count(self) -> int:
        """Of groups."""
        return sum(above == row for row, above in enumerate(self._above))


def _grouped(
    records: Sequence[Record], forms: Sequence[str], *, near: float, progress: Callable[[int], None] | None
) -> _Groups:
    groups = _Groups(len(records))
    for keys in (forms, roots(records)):
        first: dict[object, int] = {}
        for row, key in enumerate(keys):
            groups.join(row, first.setdefault(key, row))
    if near < 1:
        rows = {form: row for row, form in reversed(list(enumerate(forms)))}
        texts = list(rows)
        for pair in similar_pairs(texts, threshold=near, progress=progress):
            groups.join(rows[texts[pair.first]], rows[texts[pair.second]])
    return groups


def _aside(groups: _Groups, forms: Sequence[str], *, share: float) -> list[bool]:
    names: dict[int, str] = {}
    for row, form in enumerate(forms):
        group = groups.of(row)
        names[group] = min(names.get(group, form), form)
    held = {group: _place(name) < share for group, name in names.items()}
    return [held[groups.of(row)] for row in range(len(forms))]


def _place(name: str) -> float:
    digest = hashlib.sha256(f"split {name}".encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big") / 2**64

"""Rows that say nothing new: the same or nearly the same message, with labels that an earlier row has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from tongli.knowledge.schemes import SCHEMES
from tongli.learning.data.lineage import Root, roots
from tongli.learning.data.minhash import Pair, similar_pairs
from tongli.learning.data.normal import normal_form
from tongli.learning.data.record import Record

NEAR = 0.8
"""Resemblance from which two texts are nearly the same, unless another is asked for."""
LEAST_NEAR = 0.6
"""Least resemblance that may be asked for: below it, too many pairs are missed."""

_PAIR = np.dtype([("first", np.int64), ("second", np.int64), ("resemblance", np.float64)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicate:
    """A row that an earlier one makes redundant.

    Attributes:
        kept, dropped: their indices.
        resemblance: 1.0 for equal normal forms, else the Jaccard index of their shingles.
        exact: the normal forms are equal.
        conflicts: heads whose labels disagree.
    """

    kept: int
    dropped: int
    resemblance: float
    exact: bool
    conflicts: tuple[str, ...]


def find_duplicates(
    records: Sequence[Record], *, near: float | None = NEAR, progress: Callable[[int], None] | None = None
) -> list[Duplicate]:
    """Redundant rows, each with an earlier row that stays.

    A row is redundant if one that stays has the same language, picture and sound, an equal or nearly equal
    text, and every label that the row has. The same message under other heads is kept: it teaches something
    else. Rows made from one another by augmentation are nearly the same on purpose, and are kept too.

    Args:
        records: in order of preference.
        near: least resemblance in 0..1; ``None`` looks for equal texts only.
        progress: called with the number of different texts that are done.
    """
    numbers: dict[str, int] = {}
    texts = [numbers.setdefault(normal_form(record.text), len(numbers)) for record in records]
    pairs = similar_pairs(list(numbers), threshold=near, progress=progress) if near is not None else ()
    neighbours = _Neighbours(pairs, texts=len(numbers))
    origin = roots(records)
    kept: dict[int, list[int]] = defaultdict(list)
    found: list[Duplicate] = []
    for index, text in enumerate(texts):
        match = _match(index, records, origin, chain([(text, 1.0)], neighbours.of(text)), kept, own=text)
        if match is None:
            kept[text].append(index)
        else:
            found.append(match)
    return found


def conflicts(one: Record, other: Record) -> tuple[str, ...]:
    """Heads with a label on which two records differ by at least half of its range."""
    return tuple(
        head
        for head in one.labels.keys() & other.labels.keys()
        if any(
            round(abs(value - other.labels[head][label]), 9) >= _range(head) / 2
            for label, value in one.labels[head].items()
            if label in other.labels[head]
        )
    )


def _range(head: str) -> float:
    """Of a label's values; heads of one's own have shares."""
    return SCHEMES[head].high - SCHEMES[head].low if head in SCHEMES else 1.0


class _Neighbours:
    """Of every text those that are nearly the same, the likest first.

    In arrays: a hundred thousand texts of one template have millions.
    """

    def __init__(self, pairs: Iterable[Pair], *, texts: int) -> None:
        found = np.fromiter(pairs, _PAIR)
        ends = np.concatenate([found["first"], found["second"]])
        others = np.concatenate([found["second"], found["first"]])
        resemblances = np.tile(found["resemblance"], 2)
        order = np.lexsort((-resemblances, ends))
        self._others, self._resemblances = others[order], resemblances[order]
        self._starts = np.searchsorted(ends[order], np.arange(texts + 1))

    def of(self, text: int) -> Iterator[tuple[int, float]]:
        """Texts and their resemblances."""
        for place in range(self._starts[text], self._starts[text + 1]):
            yield int(self._others[place]), float(self._resemblances[place])


def _match(
    index: int,
    records: Sequence[Record],
    origin: Sequence[Root],
    options: Iterable[tuple[int, float]],
    kept: Mapping[int, list[int]],
    *,
    own: int,
) -> Duplicate | None:
    record = records[index]
    for text, resemblance in options:
        for earlier in kept.get(text, ()):
            exact = text == own
            made = origin[earlier] == origin[index] and (record.parent or records[earlier].parent)
            if _covers(records[earlier], record) and (exact or not made):
                return Duplicate(
                    kept=earlier,
                    dropped=index,
                    resemblance=resemblance,
                    exact=exact,
                    conflicts=conflicts(records[earlier], record),
                )
    return None


def _covers(kept: Record, record: Record) -> bool:
    same = _setting(kept) == _setting(record)
    return same and all(
        values.keys() <= kept.labels.get(head, {}).keys() for head, values in record.labels.items()
    )


def _setting(record: Record) -> tuple[str, str, str]:
    return record.lang.partition("-")[0].lower(), record.audio, record.image

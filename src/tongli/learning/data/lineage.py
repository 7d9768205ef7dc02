"""Which records were made from one another: parent links followed to their root."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tongli.learning.data.record import Record

Root = tuple[str, str]
"""Source, and id of the record that everything was made from."""


def roots(records: Sequence[Record], *others: Iterable[Record]) -> list[Root]:
    """The root of each record: itself where it has no parent.

    Args:
        records: whose roots to find.
        others: further records that parents may be among.

    A parent that is in no file is a root too, so translations of one missing sentence have one root. Ids are
    compared within a source, since other sets may count from 1 as well. A circle of links ends anywhere.
    """
    parents: dict[Root, str] = {}
    for group in (records, *others):
        for record in group:
            if record.parent:
                parents.setdefault((record.source, record.id), record.parent)
    return [_climb(record, parents) for record in records]


def _climb(record: Record, parents: Mapping[Root, str]) -> Root:
    place: Root = (record.source, record.id)
    seen: set[Root] = set()
    while place in parents and place not in seen:
        seen.add(place)
        place = (record.source, parents[place])
    return place

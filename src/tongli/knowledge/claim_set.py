"""The claims of a language or audience: those written out, and rows of tables, read when asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property

from tongli.core.collection import collection_paused
from tongli.knowledge.claim import Claim
from tongli.knowledge.claim_table import Row, Table

Member = Claim | Row
"""A claim, or what becomes one."""


def claim_of(member: Member) -> Claim:
    """The claim, or what a row becomes; raises like :attr:`Row.claim`."""
    return member if isinstance(member, Claim) else member.claim


class ClaimSet(Mapping[str, Claim]):
    """Id → claim. A row becomes a claim when it is asked for; :meth:`members` and :meth:`where` need none.

    Args:
        written: the claims that are written out; one with the id of a row replaces it.
        rows: of tables.
    """

    def __init__(self, written: Mapping[str, Claim], rows: Sequence[Row] = ()) -> None:
        self._written, self._rows = written, rows

    def members(self) -> Iterator[Member]:
        """Rows, then the claims that are written out."""
        yield from self._rows
        yield from self._written.values()

    def where(self, wanted: Callable[[Claim], bool]) -> ClaimSet:
        """Those that are wanted; of a table all rows or none, by what they share."""
        taken: dict[Table, bool] = {}
        for row in self._rows:
            if row.table not in taken:
                taken[row.table] = wanted(row.table.shared)
        rows = [row for row in self._rows if taken[row.table]]
        return ClaimSet({name: claim for name, claim in self._written.items() if wanted(claim)}, rows)

    @cached_property
    def _prefixes(self) -> tuple[str, ...]:
        """How ids of rows begin."""
        return tuple({row.table.prefix for row in self._rows})

    @cached_property
    def _by_id(self) -> Mapping[str, Row]:
        """Rows by the ids of their claims."""
        return {row.id: row for row in self._rows}

    @cached_property
    def _every(self) -> Mapping[str, Claim]:
        if not self._rows:
            return self._written
        with collection_paused():
            return {**{name: row.claim for name, row in self._by_id.items()}, **self._written}

    def __getitem__(self, name: str) -> Claim:
        if name in self._written:
            return self._written[name]
        if not name.startswith(self._prefixes):
            raise KeyError(name)
        return self._by_id[name].claim

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self.get(name) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self._every)

    def __len__(self) -> int:
        return len(self._every)

"""What became of the proposals, by method and language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tongli.learning.augment.checks import REASONS


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One method in one language, or in ``all``.

    Attributes:
        tried: proposals.
        kept: records made.
        refused: reason → proposals, without the reasons that did not occur.
    """

    method: str
    lang: str
    tried: int
    kept: int
    refused: dict[str, int]


@dataclass(slots=True)
class Tally:
    """Counts of outcomes; ``methods`` are listed even when they proposed nothing."""

    methods: tuple[str, ...] = ()
    _counts: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def add(self, *, method: str, lang: str, reason: str) -> None:
        """Count one proposal; an empty reason means that it was kept."""
        self._counts[method, lang, reason] += 1

    def rows(self) -> Iterator[Row]:
        """For each method in order a row of all languages if there are several, then one a language."""
        methods = dict.fromkeys((*self.methods, *(method for method, _, _ in self._counts)))
        for method in methods:
            langs = sorted({lang for name, lang, _ in self._counts if name == method})
            if len(langs) != 1:
                yield self._row(method, "all", langs)
            yield from (self._row(method, lang, [lang]) for lang in langs)

    def to_dict(self) -> list[dict[str, Any]]:
        """The rows as plain data."""
        return [
            {
                "method": row.method,
                "lang": row.lang,
                "tried": row.tried,
                "kept": row.kept,
                "refused": row.refused,
            }
            for row in self.rows()
        ]

    def _row(self, method: str, name: str, langs: list[str]) -> Row:
        def count(reason: str) -> int:
            return sum(self._counts[method, lang, reason] for lang in langs)

        refused = {reason: number for reason in REASONS if (number := count(reason))}
        kept = count("")
        return Row(method=method, lang=name, tried=kept + sum(refused.values()), kept=kept, refused=refused)

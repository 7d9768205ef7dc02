"""Translation memory: what was translated before, exact and nearly so, in one SQLite file.

Every unit is written in a transaction of its own batch, so a run that is killed keeps what it wrote. Fuzzy
matches are found by the letters they share (an index of trigrams) and scored by similarity.

References:
    Koehn and Senellart (2010), "Fast approximate string matching with suffix arrays and A* parsing", AMTA,
    for the score: one less the share of changed letters.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from tongli.core import StorageError
from tongli.knowledge.tags import primary

_SCHEMA = """
CREATE TABLE IF NOT EXISTS unit (
    id INTEGER PRIMARY KEY, source_lang TEXT NOT NULL, target_lang TEXT NOT NULL,
    source TEXT NOT NULL, target TEXT NOT NULL, origin TEXT NOT NULL,
    UNIQUE (source_lang, target_lang, source)
);
CREATE VIRTUAL TABLE IF NOT EXISTS letters
    USING fts5(source, content='unit', content_rowid='id', tokenize='trigram');
CREATE TRIGGER IF NOT EXISTS added AFTER INSERT ON unit BEGIN
    INSERT INTO letters(rowid, source) VALUES (new.id, new.source);
END;
"""
_CANDIDATES = 60
_TRIGRAMS = 40
_LONGEST = 2_000
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A source and its translation, with BCP-47 tags, and who made it (an engine, a file, a person)."""

    source: str
    target: str
    source_lang: str
    target_lang: str
    origin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A unit of the memory that is like a text.

    Attributes:
        unit: what is stored.
        score: 0..1; 1 only for the very same text, at most .99 for any other.
    """

    unit: Stored
    score: float

    def to_dict(self) -> dict[str, Any]:
        """The match as plain data."""
        return {
            "score": self.score,
            "source": self.unit.source,
            "target": self.unit.target,
            "from": self.unit.source_lang,
            "to": self.unit.target_lang,
            "origin": self.unit.origin,
        }


class Memory:
    """A memory in a file, which is made when it is not there.

    Args:
        path: of the SQLite file.

    Raises:
        StorageError: ``memory.unusable``.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._base = sqlite3.connect(path, check_same_thread=False)
            self._base.execute("PRAGMA journal_mode=WAL")
            self._base.executescript(_SCHEMA)
        except sqlite3.Error as error:
            raise self._unusable(error) from error

    def add(self, units: Iterable[Stored]) -> int:
        """Store units, all or none; a later translation of the same text takes the place of the earlier one.

        Returns:
            How many units were given.

        Raises:
            StorageError: ``memory.unusable``.
        """
        rows = [
            (primary(unit.source_lang), primary(unit.target_lang), unit.source, unit.target, unit.origin)
            for unit in units
        ]
        try:
            with self._base:
                self._base.executemany(
                    "INSERT INTO unit (source_lang, target_lang, source, target, origin)"
                    " VALUES (?, ?, ?, ?, ?) ON CONFLICT (source_lang, target_lang, source)"
                    " DO UPDATE SET target = excluded.target, origin = excluded.origin",
                    rows,
                )
        except sqlite3.Error as error:
            raise self._unusable(error) from error
        return len(rows)

    def exact(self, text: str, *, source: str, target: str) -> Stored | None:
        """The translation of this very text; raises ``StorageError`` (``memory.unusable``)."""
        found = self._rows(
            "SELECT * FROM unit WHERE source_lang = ? AND target_lang = ? AND source = ?",
            (primary(source), primary(target), text),
        )
        return found[0] if found else None

    def search(
        self, text: str, *, source: str, target: str, least: float = 0.7, most: int = 5
    ) -> list[Match]:
        """Units like a text, the most like first.

        Args:
            text: of at most 2,000 code points; longer ones match exactly only.
            source, target: BCP-47 tags.
            least: score from which a unit counts.
            most: matches given.

        Raises:
            StorageError: ``memory.unusable``.
        """
        same = self.exact(text, source=source, target=target)
        found = [Match(unit=same, score=1.0)] if same else []
        if len(text) <= _LONGEST:
            others = [unit for unit in self._like(text, source=source, target=target) if unit != same]
            found += [Match(unit=unit, score=similarity(text, unit.source)) for unit in others]
        return sorted((each for each in found if each.score >= least), key=lambda each: -each.score)[:most]

    def units(self) -> Iterator[Stored]:
        """Every unit, in the order of storing; raises ``StorageError`` (``memory.unusable``)."""
        try:
            with closing(self._base.execute("SELECT * FROM unit ORDER BY id")) as rows:
                yield from (_stored(row) for row in rows)
        except sqlite3.Error as error:
            raise self._unusable(error) from error

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    def _like(self, text: str, *, source: str, target: str) -> list[Stored]:
        """Candidates that share the most trigrams of the text's words."""
        words = " ".join(_WORD.findall(text.lower()))
        every = max(1, len(words) // _TRIGRAMS)
        grams = dict.fromkeys(words[at : at + 3] for at in range(0, max(0, len(words) - 2), every))
        asked = " OR ".join(f'"{gram}"' for gram in grams if '"' not in gram)
        if not asked:
            return []
        return self._rows(
            "SELECT unit.* FROM letters JOIN unit ON unit.id = letters.rowid WHERE letters MATCH ?"
            " AND source_lang = ? AND target_lang = ? AND length(unit.source) BETWEEN ? AND ?"
            " ORDER BY bm25(letters) LIMIT ?",
            (asked, primary(source), primary(target), len(text) // 2, 2 * len(text), _CANDIDATES),
        )

    def _rows(self, query: str, values: Sequence[Any]) -> list[Stored]:
        try:
            return [_stored(row) for row in self._base.execute(query, values)]
        except sqlite3.Error as error:
            raise self._unusable(error) from error

    def _unusable(self, error: sqlite3.Error) -> StorageError:
        return StorageError(
            "memory.unusable",
            received=f"{self._path.name}: {type(error).__name__}",
            allowed="a translation memory of tongli, in a writable folder with free space",
            fix="Name another file with --memory, and import the TMX again.",
        )


def similarity(one: str, other: str) -> float:
    """Share of letters that two texts have in common, in order (0..0.99); other numbers cost a tenth.

    >>> similarity("The red boat.", "The red boats.") > 0.9
    True
    """
    ratio = SequenceMatcher(None, one.casefold(), other.casefold(), autojunk=False).ratio()
    penalty = 0.1 if _NUMBER.findall(one) != _NUMBER.findall(other) else 0.0
    return round(min(0.99, max(0.0, ratio - penalty)), 4)


def _stored(row: Sequence[Any]) -> Stored:
    _, source_lang, target_lang, source, target, origin = row
    return Stored(
        source=source, target=target, source_lang=source_lang, target_lang=target_lang, origin=origin
    )

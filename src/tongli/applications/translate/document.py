"""A document translated whole or not at all: structure byte for byte, words in the other language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tongli.applications.documents.change import replaced, spliced
from tongli.applications.translate.formats import open_source
from tongli.applications.translate.unit import Unit

Translate = Callable[[Sequence[str]], list[str]]
"""Texts with marks → their translations, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What became of a document.

    Attributes:
        units: translated.
        apart: units whose stretches had to be translated on their own, formatting having been lost or turned
            round in the whole.
    """

    units: int
    apart: int


def translate_document(path: Path, target: Path, translate: Translate) -> Done:
    """Translate a file into another one of the same format, which appears only once it is whole.

    Args:
        path: what to translate; its ending names the format.
        target: where the translation goes; what is there is replaced.
        translate: translates texts.

    Raises:
        InputError: ``document.*``, ``input.*``, ``subtitles.*`` for a file that cannot be read; nothing is
            written then.
        StorageError: ``storage.write``, ``input.unreadable``.
        TongliError: those of ``translate``.
    """
    source = open_source(path)
    units = [unit for part in source.units() for unit in part]
    parts, apart = _translated(units, translate)
    replaced(target, lambda file: source.write(file, _Filler(parts).fill))
    return Done(units=len(units), apart=apart)


def texts_of(path: Path) -> list[Unit]:
    """The units of a file in order; raises like :func:`translate_document`."""
    return [unit for part in open_source(path).units() for unit in part]


def _translated(units: Sequence[Unit], translate: Translate) -> tuple[Iterator[list[str]], int]:
    """The translations of each unit's stretches, and how many units were done stretch by stretch."""
    whole = translate([unit.text for unit in units]) if units else []
    found = [unit.parts(text) for unit, text in zip(units, whole, strict=True)]
    rows = [row for row, parts in enumerate(found) if parts is None]
    wanted = [stretch.text for row in rows for stretch in units[row].stretches]
    pieces = iter(translate(wanted)) if wanted else iter(())
    made = {row: [next(pieces) for _ in units[row].stretches] for row in rows}
    return (own if own is not None else made[row] for row, own in enumerate(found)), len(rows)


class _Filler:
    """Hands out translations in the order of the units."""

    def __init__(self, parts: Iterator[list[str]]) -> None:
        self._parts = parts

    def fill(self, source: str, units: list[Unit]) -> str:
        """The source of a part with its units translated."""
        return spliced(source, (change for unit in units for change in unit.changes(next(self._parts))))

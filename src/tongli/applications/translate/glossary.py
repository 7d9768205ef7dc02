"""Terms that must be translated one way: CSV or TSV with a column a language, or TBX.

Reference: ISO 30042 (TBX); its ``langSec``/``langSet`` and ``term`` elements are read, all else is ignored.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tongli.applications.documents.markup import decoded, tokens
from tongli.applications.jsonl import read_start
from tongli.applications.translate.formats.well_formed import well_formed
from tongli.core import InputError, shorten
from tongli.generation.translate.kept import uses
from tongli.knowledge.tags import primary

LARGEST = 16 << 20
"""Bytes of a glossary."""


@dataclass(frozen=True, slots=True)
class Glossary:
    """Terms.

    Attributes:
        rows: language subtag → term, one a concept.
    """

    rows: tuple[dict[str, str], ...] = ()

    def terms(self, text: str, *, source: str, target: str) -> tuple[tuple[str, str], ...]:
        """Terms of a text, in whatever inflection, each with what it must be; longer ones first."""
        here, there = primary(source), primary(target)
        known = [(row[here], row[there]) for row in self.rows if here in row and there in row]
        found = sorted((pair for pair in known if uses(text, pair[0])), key=lambda pair: -len(pair[0]))
        return tuple(dict.fromkeys(found))


def read_glossary(name: str) -> Glossary:
    """The glossary of a file: ``.tbx`` or ``.xml``, else a table whose first line names the languages.

    Raises:
        InputError: ``glossary.columns``, ``glossary.row``, ``document.*``, ``input.*``.
        StorageError: ``input.unreadable``.
    """
    data = read_start(name, limit=LARGEST + 1)
    if len(data) > LARGEST:
        raise InputError(
            "document.too-large",
            received=f"{shorten(name)}, of more than {LARGEST >> 20} MiB",
            allowed=f"at most {LARGEST >> 20} MiB",
            fix="Split the glossary.",
        )
    text = decoded(data, name=shorten(name))[0].removeprefix("\ufeff")
    if Path(name).suffix.lower() in (".tbx", ".xml"):
        well_formed(text)
        return Glossary(tuple(_concepts(text)))
    return Glossary(tuple(_rows(text)))


def _rows(text: str) -> Iterator[dict[str, str]]:
    head = text.split("\n", maxsplit=1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t" if "\t" in head else ",")
    try:
        langs = _languages(next(reader, []))
        for row in reader:
            if len(row) > len(langs):
                raise _bad_row(reader.line_num)
            found = {
                lang: cell.strip() for lang, cell in zip(langs, row, strict=False) if lang and cell.strip()
            }
            if len(found) > 1:
                yield found
    except csv.Error as error:
        raise _bad_row(reader.line_num) from error


def _languages(head: Sequence[str]) -> list[str]:
    """Language of each column; empty for a column that is none, such as notes."""
    langs = [_tag(cell) for cell in head]
    if sum(map(bool, langs)) < 2:
        raise InputError(
            "glossary.columns",
            received=f"a first line that names {sum(map(bool, langs))} languages",
            allowed="two or more language tags, such as en,es,note",
            fix="Name the language of each column in the first line.",
        )
    return langs


def _tag(cell: str) -> str:
    cell = cell.strip()
    try:
        return primary(cell) if 2 <= len(cell.split("-")[0]) <= 3 else ""
    except InputError:
        return ""


def _concepts(text: str) -> Iterator[dict[str, str]]:
    found: dict[str, str] = {}
    lang, inside, words = "", False, ""
    for token in tokens(text):
        if token.local in ("conceptEntry", "termEntry") and token.kind == "close":
            if len(found) > 1:
                yield found
            found = {}
        elif token.local in ("langSec", "langSet") and token.kind == "open":
            lang = _tag(token.attributes().get("xml:lang", ""))
        elif token.local == "term":
            if inside and token.kind == "close" and lang and words.strip():
                found.setdefault(lang, words.strip())
            inside, words = token.kind == "open", ""
        elif inside and token.kind in ("text", "entity"):
            words += token.value


def _bad_row(line: int) -> InputError:
    return InputError(
        "glossary.row",
        received=f"line {line}, which does not fit the first line",
        allowed="a cell for each column at most, in CSV or TSV",
        fix="Quote cells that hold the separator.",
    )

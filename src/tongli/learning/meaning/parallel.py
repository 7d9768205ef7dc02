"""Texts that say the same in several languages: four sets that may teach weights that ship.

NTREX-128 (Federmann et al. 2022, CC BY-SA 4.0), CoCoA-MT with the IWSLT 2023 formality data (Nadejde et al.
2022, CDLA-Sharing-1.0), MT-GenEval's development part (Currey et al. 2022, CC BY-SA 3.0) and xSID's
validation part (van der Goot et al. 2021, CC BY-SA 4.0).
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from tongli.core.text import clean
from tongli.knowledge.tags import primary

Part = Literal["fit", "limits", "report"]
"""What a group serves: to learn from, to set limits by, to report."""

UNSEEN = ("pl", "th")
"""Languages that nothing is learnt from, so that they tell how well others are judged."""
GENEVAL = ("ar", "de", "es", "fr", "hi", "it", "pt", "ru")
_DIALECTS = frozenset(("bar", "gsw", "nap", "bar-x-munich", "bar-x-styrol"))
"""Dialects of xSID, which are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Texts that say the same.

    Attributes:
        source: the set's name.
        part: by a hash of the document, or of the English text where a set has no documents.
        texts: language subtag → texts; several of a language say it in other words.
    """

    source: str
    part: Part
    texts: Mapping[str, tuple[str, ...]]


def part_of(key: str) -> Part:
    """A sixth sets limits, a sixth is reported."""
    found = hashlib.sha256(key.encode()).digest()[0] % 6
    return "limits" if found == 0 else "report" if found == 1 else "fit"


def groups(data: Path) -> Iterator[Group]:
    """All groups of the four sets, in the order of the files."""
    for source, read in (
        ("ntrex", _ntrex),
        ("formality", _formality),
        ("geneval", _geneval),
        ("xsid", _xsid),
    ):
        for key, texts in read(data):
            told: dict[str, dict[str, None]] = {}
            for tag, text in texts:
                told.setdefault(primary(tag), {})[clean(text)[0].strip()] = None
            yield Group(
                source=source, part=part_of(key), texts={tag: tuple(own) for tag, own in told.items()}
            )


_Found = Iterator[tuple[str, list[tuple[str, str]]]]


def _ntrex(data: Path) -> _Found:
    for row in _lines(data / "ntrex" / "dev.jsonl.gz"):
        yield row["doc"], [("en", row["text"]), *row["translations"].items()]


def _formality(data: Path) -> _Found:
    by: dict[str, list[tuple[str, str]]] = {}
    for row in _lines(data / "formality_mt" / "train.jsonl.gz"):
        own = by.setdefault(row["en"], [("en", row["en"])])
        own += [(row["lang"], row["formal"]), (row["lang"], row["informal"])]
    yield from by.items()


def _geneval(data: Path) -> _Found:
    for lang in GENEVAL:
        for at, row in enumerate(_lines(data / "gender-mtgeneval" / f"pairs_{lang}.jsonl.gz")):
            one = "mf"[at % 2]
            yield row["en_m"], [("en", row[f"en_{one}"]), (lang, row[one])]


def _xsid(data: Path) -> _Found:
    by: dict[str, list[tuple[str, str]]] = {}
    for row in _lines(data / "xsid" / "dev.jsonl.gz"):
        # Norwegian and English rows do not say which English text they belong to.
        if "text_en" in row and row["lang"] not in _DIALECTS:
            by.setdefault(row["text_en"], [("en", row["text_en"])]).append((row["lang"], row["text"]))
    yield from by.items()


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)

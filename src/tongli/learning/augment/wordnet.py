"""English synonyms from a WordNet that is installed on the machine; nothing of it ships with tongli.

A word qualifies when WordNet has it under one part of speech only, so that no tagger is needed, and it is
replaced by words of its most frequent sense. Inflected forms are not in the index and stay as they are.

References:
    Fellbaum (1998), "WordNet: an electronic lexical database"; wndb(5WN), the format of the files.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_PARTS = ("noun", "verb", "adj", "adv")
_PLACES = ("/usr/share/wordnet", "/usr/local/share/wordnet", "/usr/share/wordnet/dict")


def wordnet_folder() -> Path | None:
    """The folder with ``index.noun`` and the others: ``WNSEARCHDIR``, as WordNet has it, or a usual one."""
    named = os.environ.get("WNSEARCHDIR")
    for place in (named,) if named else _PLACES:
        if (Path(place) / "index.noun").is_file():
            return Path(place)
    return None


@cache
def synonyms(folder: Path) -> Mapping[str, tuple[str, ...]]:
    """Word → other words of its most frequent sense, single words in lower case."""
    found: dict[str, dict[str, str]] = {}
    for part in _PARTS:
        for lemma, offset in _first_senses(folder / f"index.{part}"):
            found.setdefault(lemma, {})[part] = offset
    members = {part: _members(folder / f"data.{part}") for part in _PARTS}
    chosen: dict[str, tuple[str, ...]] = {}
    for lemma, parts in found.items():
        if len(parts) == 1:
            ((part, offset),) = parts.items()
            others = tuple(word for word in members[part].get(offset, ()) if word != lemma)
            if others:
                chosen[lemma] = others
    return chosen


def _first_senses(path: Path) -> list[tuple[str, str]]:
    """Lemma and offset of its most frequent sense, which the index lists first."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = line.split()
        if not line.startswith(" ") and fields[0].isalpha():
            senses = int(fields[2])
            found.append((fields[0], fields[-senses]))
    return found


def _members(path: Path) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith(" "):
            fields = line.split(" ")
            words = fields[4 : 4 + 2 * int(fields[3], 16) : 2]
            # "galore(ip)" may only stand behind its noun; names are not synonyms of common words.
            found[fields[0]] = tuple(word for word in words if word.isalpha() and word.islower())
    return found

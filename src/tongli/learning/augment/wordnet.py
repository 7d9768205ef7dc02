"""English synonyms from a WordNet that is installed on the machine; nothing of it ships with tongli.

Without a tagger and a sense disambiguator most of WordNet does harm ("my arms" → "my munition"). So only
adjectives and adverbs are used, which do not inflect, and only those that are nothing else. Two words are
synonyms when both have the same most frequent sense, and both occur in sense-tagged text, so are not rare.

References:
    Fellbaum (1998), "WordNet: an electronic lexical database"; wndb(5WN), the format of the files.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

_PARTS = ("noun", "verb", "adj", "adv")
_USED = ("adj", "adv")
_PARTICIPLES = ("ed", "ing")
_PLACES = ("/usr/share/wordnet", "/usr/local/share/wordnet", "/usr/share/wordnet/dict")


def wordnet_folder() -> Path | None:
    """The folder with ``index.noun`` and the others: ``WNSEARCHDIR``, as WordNet has it, or a usual one."""
    named = os.environ.get("WNSEARCHDIR")
    for place in (named,) if named else _PLACES:
        if all((Path(place) / f"index.{part}").is_file() for part in _PARTS):
            return Path(place)
    return None


@cache
def synonyms(folder: Path) -> Mapping[str, tuple[str, ...]]:
    """Word → its synonyms, single words in lower case."""
    senses: dict[str, list[tuple[str, str, bool]]] = defaultdict(list)
    for part in _PARTS:
        for lemma, offset, tagged in _index(folder / f"index.{part}"):
            senses[lemma].append((part, offset, tagged))
    irregular = {form for part in _PARTS for form in _irregular(folder / f"{part}.exc")}
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for lemma, found in senses.items():
        part, offset, tagged = found[0]
        inflected = lemma in irregular or lemma.endswith(_PARTICIPLES)
        if len(found) == 1 and part in _USED and tagged and not inflected:
            groups[part, offset].append(lemma)
    return {
        lemma: tuple(other for other in group if other != lemma)
        for group in groups.values()
        if len(group) > 1
        for lemma in group
    }


def _irregular(path: Path) -> list[str]:
    """Irregular forms of words, such as "said", which the index would only know as something else."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return [line.split()[0] for line in lines if line.strip()]


def _index(path: Path) -> Iterator[tuple[str, str, bool]]:
    """Lemma, offset of its most frequent sense, which comes first, and whether it occurs in tagged text."""
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = line.split()
        if not line.startswith(" ") and fields[0].isalpha():
            count = int(fields[2])
            yield fields[0], fields[-count], int(fields[-count - 1]) > 0

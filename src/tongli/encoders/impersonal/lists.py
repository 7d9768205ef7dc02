"""The names and pronouns that a text is freed of, read once from the files beside this one."""

from __future__ import annotations

import gzip
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from tongli.encoders.impersonal.spelling import fold

PLACE = "="
"""Before a language in which a name is that of a territory."""
_CASED = frozenset({"Latn", "Grek", "Cyrl", "Armn"})
_SCRIPTS = (
    (0x0370, "Latn"), (0x0400, "Grek"), (0x0530, "Cyrl"), (0x0590, "Armn"), (0x0600, "Hebr"),
    (0x0900, "Arab"), (0x0980, "Deva"), (0x0A00, "Beng"), (0x0A80, "Guru"), (0x0B00, "Gujr"),
    (0x0B80, "Orya"), (0x0C00, "Taml"), (0x0D80, "Telu"), (0x0E00, "Sinh"), (0x10A0, "Thai"),
    (0x1100, "Geor"), (0x1E00, "Hang"), (0x1F00, "Latn"), (0x2000, "Grek"), (0x3040, "Latn"),
    (0x3400, "Kana"), (0xA000, "Hans"), (0xD7B0, "Hang"),
)  # fmt: skip
"""First code point beyond each block, and the script of the block."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """What is known of words.

    Attributes:
        names: folded name → languages in which it is an ordinary word as well, most often none; with
            ``PLACE`` before it one in which it is a territory.
        pronouns: word in lower case → language → what stands for it: ``@`` is the person, and ``a|b`` is
            ``b`` before a noun and ``a`` elsewhere.
        things: pronouns that stand for persons only where others do, such as "it".
        evidence: frequent word or pronoun in lower case → languages it speaks for, as often as it counts.
        more: language → its other lists of words.
        persons: script → the common person.
        places: names of places in Han characters.
    """

    names: Mapping[str, frozenset[str]]
    pronouns: Mapping[str, Mapping[str, str]]
    things: frozenset[str]
    evidence: Mapping[str, Sequence[str]]
    more: Mapping[str, Mapping[str, frozenset[str]]]
    persons: Mapping[str, str]
    places: Sequence[str]

    def person(self, word: str) -> str:
        """The common person in the script, and the capitals, of a word."""
        found = self.persons.get(script_of(word), self.persons["Latn"])
        return found.upper() if len(word) > 2 and word.isupper() else found


@cache
def lists() -> Lists:
    """All of them; the first call reads the files."""
    folder = files("tongli.encoders.impersonal")
    data = tomllib.loads((folder / "pronouns.toml").read_text(encoding="utf-8"))
    persons = data.pop("persons")
    raw = gzip.decompress((folder / "names.txt.gz").read_bytes()).decode()
    certain, ambiguous, places = (part.split("\n") for part in raw.split("\n\n"))
    pronouns: dict[str, dict[str, str]] = {}
    evidence: dict[str, list[str]] = {}
    for lang, entry in data.items():
        forms = [(word, form) for form, found in entry.get("forms", {}).items() for word in found.split()]
        for word, form in forms:
            pronouns.setdefault(word, {})[lang] = form
        # A pronoun may be another word elsewhere, so it says less than a frequent word.
        frequent = entry.get("words", "").split()
        for word in (*frequent, *frequent, *(word for word, _ in forms)):
            evidence.setdefault(word, []).append(lang)
    names = dict.fromkeys(certain, frozenset[str]())
    names.update(dict.fromkeys(map(fold, persons.values()), frozenset()))
    names.update((name, frozenset(langs)) for name, *langs in map(str.split, ambiguous))
    things = {word for entry in data.values() for word in entry.get("things", "").split()}
    return Lists(
        names=names,
        pronouns=pronouns,
        things=frozenset(word for word in things if len(pronouns[word]) == 1),
        evidence=evidence,
        more={lang: _words(entry) for lang, entry in data.items()},
        persons=persons,
        places=places,
    )


def script_of(word: str) -> str:
    """ISO 15924 code of the script of the first letter; of scripts without a person ``Latn``."""
    code = ord(word[0])
    return next((script for limit, script in _SCRIPTS if code < limit), "Latn")


def has_capitals(word: str) -> bool:
    """Whether the script of the word has capitals, with which names are written."""
    return script_of(word) in _CASED


def _words(entry: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    return {key: frozenset(value.split()) for key, value in entry.items() if isinstance(value, str)}

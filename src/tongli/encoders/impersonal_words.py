"""The names and pronouns that a text is freed of, read once from ``names.txt.gz`` and ``pronouns.toml``."""

from __future__ import annotations

import gzip
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Role = Literal[True] | frozenset[str] | dict[str, str]
"""What a word is.

``True`` for a name, languages in which a name is an ordinary word too, or language → what stands for a
pronoun, where ``@`` is the person and ``a|b`` is ``b`` before a noun and ``a`` elsewhere."""

_SCRIPTS = (
    (0x0370, "Latn"), (0x0400, "Grek"), (0x0530, "Cyrl"), (0x0590, "Armn"), (0x0600, "Hebr"),
    (0x0900, "Arab"), (0x0980, "Deva"), (0x0A00, "Beng"), (0x0A80, "Guru"), (0x0B00, "Gujr"),
    (0x0B80, "Orya"), (0x0C00, "Taml"), (0x0D80, "Telu"), (0x0E00, "Sinh"), (0x10A0, "Thai"),
    (0x1100, "Geor"), (0x1E00, "Hang"), (0x1F00, "Latn"),
)  # fmt: skip
"""First code point beyond each block, and the script of the block."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What is known of words.

    Attributes:
        roles: word, as it is written → what it is.
        evidence: frequent word or pronoun in lower case → languages it speaks for, as often as it counts.
        lists: language → its other lists of words.
        persons: script → the canonical person.
        han: names in Han characters.
    """

    roles: Mapping[str, Role]
    evidence: Mapping[str, Sequence[str]]
    lists: Mapping[str, Mapping[str, frozenset[str]]]
    persons: Mapping[str, str]
    han: tuple[str, ...]

    def person(self, word: str) -> str:
        """The canonical person in the script, and the capitals, of a word."""
        found = self.persons[script_of(word)]
        return found.upper() if len(word) > 2 and word.isupper() else found


@cache
def words() -> Words:
    """All of them; the first call reads the files."""
    folder = files("tongli.encoders")
    data = tomllib.loads((folder / "pronouns.toml").read_text(encoding="utf-8"))
    persons = data.pop("persons")
    raw = gzip.decompress((folder / "names.txt.gz").read_bytes()).decode()
    roles = _names(raw) | dict.fromkeys(persons.values(), True)
    evidence: dict[str, list[str]] = {}
    for lang, entry in data.items():
        forms = [(word, form) for form, found in entry.get("forms", {}).items() for word in found.split()]
        for word, form in forms:
            for written in {word, word.capitalize()}:
                known = roles.get(written)
                roles[written] = (known if isinstance(known, dict) else {}) | {lang: form}
        # A pronoun may be another word elsewhere, so it says less than a frequent word.
        frequent = entry.get("words", "").split()
        for word in (*frequent, *frequent, *(word for word, _ in forms)):
            evidence.setdefault(word, []).append(lang)
    return Words(
        roles=roles,
        evidence=evidence,
        lists={lang: _lists(entry) for lang, entry in data.items()},
        persons=persons,
        han=tuple(name for name in roles if "\u4e00" <= name[0] <= "\u9fff"),
    )


def script_of(word: str) -> str:
    """ISO 15924 code of the script of the first letter, as far as there is a canonical person for it."""
    code = ord(word[0])
    return next((script for limit, script in _SCRIPTS if code < limit), "Latn")


def _names(raw: str) -> dict[str, Role]:
    certain, _, ambiguous = raw.partition("\n\n")
    roles: dict[str, Role] = dict.fromkeys(certain.split("\n"), True)
    for line in ambiguous.splitlines():
        name, *langs = line.split()
        roles[name] = frozenset(langs)
    return roles


def _lists(entry: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    return {key: frozenset(value.split()) for key, value in entry.items() if isinstance(value, str)}
